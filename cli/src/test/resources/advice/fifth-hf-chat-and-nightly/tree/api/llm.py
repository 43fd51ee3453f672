import os
from collections.abc import AsyncIterator

from huggingface_hub import AsyncInferenceClient

SYSTEM = "You answer questions about orders, briefly."


class Assistant:
    def __init__(self, model: str | None = None):
        self._client = AsyncInferenceClient(
            model=model or os.environ["CHAT_MODEL"],
            token=os.environ["HF_TOKEN"],
            timeout=30,
        )

    async def stream(self, question: str) -> AsyncIterator[str]:
        messages = [{"role": "system", "content": SYSTEM}, {"role": "user", "content": question}]
        async for chunk in await self._client.chat_completion(messages, stream=True, max_tokens=400):
            if chunk.choices:
                yield chunk.choices[0].delta.content or ""

    async def language(self, text: str) -> str:
        best = await self._client.text_classification(text, model="papluca/xlm-roberta-base-language-detection")
        return best[0].label
