from openai import AzureOpenAI

from .config import Config

_PROMPT = "Write the minutes of this meeting: decisions first, then tasks with names."


class Summarizer:
    def __init__(self) -> None:
        self.client = AzureOpenAI(
            api_key=Config.api_key,
            azure_endpoint=Config.endpoint,
            api_version="2024-10-21",
        )

    def minutes(self, transcript: str) -> str:
        answer = self.client.chat.completions.create(
            model=Config.deployment,
            messages=[
                {"role": "system", "content": _PROMPT},
                {"role": "user", "content": transcript},
            ],
            temperature=0.2,
        )
        return answer.choices[0].message.content
