import asyncio

from openai import AsyncOpenAI

from app.settings import get_settings

BATCH = 96


class Embedder:
    """Thin wrapper, keeps at most four calls in flight."""

    def __init__(self, client: AsyncOpenAI) -> None:
        self.embeddings = client.embeddings
        self._gate = asyncio.Semaphore(4)

    async def _batch(self, texts: list[str]) -> list[list[float]]:
        async with self._gate:
            result = await self.embeddings.create(model=get_settings().embedding_model, input=texts)
        return [d.embedding for d in result.data]

    async def embed(self, texts: list[str]) -> list[list[float]]:
        parts = [texts[i : i + BATCH] for i in range(0, len(texts), BATCH)]
        return [v for part in await asyncio.gather(*map(self._batch, parts)) for v in part]
