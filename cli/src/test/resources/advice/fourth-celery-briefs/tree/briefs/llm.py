from __future__ import annotations

import logging
from typing import Iterable

import anthropic

from briefs import settings

log = logging.getLogger(__name__)


class Briefer:
    def __init__(self, client: anthropic.Anthropic | None = None) -> None:
        self.client = client or anthropic.Anthropic(max_retries=4)

    def _messages(self, text: str) -> list[dict]:
        return [{"role": "user", "content": [{"type": "text", "text": text}]}]

    def fits(self, text: str) -> bool:
        count = self.client.messages.count_tokens(
            model=settings.MODEL, system=settings.PROMPT, messages=self._messages(text)
        )
        return count.input_tokens <= settings.MAX_INPUT_TOKENS

    def brief(self, text: str) -> str:
        with self.client.messages.stream(
            model=settings.MODEL,
            max_tokens=900,
            system=settings.PROMPT,
            messages=self._messages(text),
        ) as stream:
            return stream.get_final_text()

    def queue_night(self, docs: Iterable[tuple[str, str]]) -> str:
        batch = self.client.messages.batches.create(
            requests=[
                {
                    "custom_id": doc_id,
                    "params": {
                        "model": settings.MODEL,
                        "max_tokens": 900,
                        "system": settings.PROMPT,
                        "messages": self._messages(text),
                    },
                }
                for doc_id, text in docs
            ]
        )
        log.info("batch %s queued", batch.id)
        return batch.id

    def results(self, batch_id: str):
        for line in self.client.messages.batches.results(batch_id):
            if line.result.type == "succeeded":
                yield line.custom_id, line.result.message.content[0].text
            else:
                log.error("%s: %s", line.custom_id, line.result.type)
