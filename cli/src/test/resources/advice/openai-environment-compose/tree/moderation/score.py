import os

from openai import OpenAI

client = OpenAI(api_key=os.environ["MODERATION_LLM_KEY"])


def score(text: str) -> str:
    return client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[
            {"role": "system", "content": "Rate how rude this is from 0 to 1."},
            {"role": "user", "content": text},
        ],
    ).choices[0].message.content
