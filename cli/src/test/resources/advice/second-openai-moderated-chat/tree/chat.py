import tomllib
from pathlib import Path

from openai import OpenAI

settings = tomllib.loads(Path("settings.toml").read_text())
client = OpenAI(api_key=settings["openai"]["api_key"])


def allowed(text: str) -> bool:
    verdict = client.moderations.create(model="omni-moderation-latest", input=text)
    return not verdict.results[0].flagged


def reply(text: str) -> str:
    if not allowed(text):
        return "I cannot talk about this."
    answer = client.chat.completions.create(
        model=settings["openai"]["model"],
        messages=[{"role": "user", "content": text}],
    )
    return answer.choices[0].message.content
