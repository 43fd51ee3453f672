import json
import sys

from openai import OpenAI

client = OpenAI(api_key="@@openai@@")

PROMPT = "Sort the ticket into one of: billing, bug, feature, other. Answer in JSON."


def triage(ticket: str) -> dict:
    completion = client.chat.completions.create(
        model="gpt-4o-mini",
        response_format={"type": "json_object"},
        messages=[
            {"role": "system", "content": PROMPT},
            {"role": "user", "content": ticket},
        ],
    )
    return json.loads(completion.choices[0].message.content)


if __name__ == "__main__":
    print(triage(sys.stdin.read()))
