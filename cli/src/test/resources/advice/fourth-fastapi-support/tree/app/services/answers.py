import logging

from openai import APIStatusError, APITimeoutError, AsyncOpenAI
from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from app.services import fallback
from app.settings import get_settings

log = logging.getLogger(__name__)


class AnswerService:
    def __init__(self, client: AsyncOpenAI) -> None:
        self._client = client
        self._model = get_settings().chat_model

    @retry(
        retry=retry_if_exception_type(APITimeoutError),
        wait=wait_random_exponential(max=20),
        stop=stop_after_attempt(3),
        reraise=True,
    )
    async def _complete(self, messages: list[dict]) -> str:
        completion = await self._client.chat.completions.create(
            model=self._model, messages=messages, temperature=0.1
        )
        return completion.choices[0].message.content or ""

    async def answer(self, question: str, passages: list[str]) -> str:
        messages = [
            {"role": "system", "content": "Answer as our support desk.\n\n" + "\n---\n".join(passages)},
            {"role": "user", "content": question},
        ]
        try:
            return await self._complete(messages)
        except APIStatusError as e:
            log.warning("openai answered %s, falling back", e.status_code)
            return await fallback.complete(messages)
