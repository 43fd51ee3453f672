import os

import anthropic

MODEL = os.environ.get("NOTES_MODEL", "claude-sonnet-4-5")

SYSTEM = """You write incident notes.
First a timeline with one line per event, then open questions, then follow-ups with an owner each.
Use only what stands in the messages."""


class NotesWriter:
    def __init__(self, client: anthropic.Anthropic | None = None):
        self.client = client or anthropic.Anthropic()

    def write(self, messages: list[str]) -> str:
        answer = self.client.messages.create(
            model=MODEL,
            max_tokens=1500,
            system=SYSTEM,
            messages=[{"role": "user", "content": "\n".join(messages)}],
        )
        return "".join(block.text for block in answer.content if block.type == "text")
