import requests

from mrstats.config import CONFIG


def post(lines: list[str]) -> None:
    if not CONFIG.slack_hook:
        return
    answer = requests.post(
        CONFIG.slack_hook, json={"text": "```" + "\n".join(lines) + "```"}, timeout=10
    )
    answer.raise_for_status()
