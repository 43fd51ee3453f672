import sys

import requests
import yaml

ENDPOINT = "https://acme-oai.openai.azure.com"

with open("settings.yaml") as file:
    settings = yaml.safe_load(file)


def triage(text: str) -> str:
    answer = requests.post(
        f"{ENDPOINT}/openai/deployments/{settings['deployment']}/chat/completions",
        params={"api-version": "2024-10-21"},
        headers={"api-key": settings["azure_openai_key"]},
        json={"messages": [{"role": "user", "content": f"bug, question or praise?\n{text}"}]},
        timeout=60,
    )
    answer.raise_for_status()
    return answer.json()["choices"][0]["message"]["content"]


print(triage(sys.stdin.read()))
