"""When OpenAI is down. DeepSeek speaks the same protocol."""

from openai import AsyncOpenAI

from app.settings import get_settings

_settings = get_settings()
_deepseek = AsyncOpenAI(base_url=_settings.deepseek_base, api_key=_settings.deepseek_api_key)


async def complete(messages: list[dict]) -> str:
    completion = await _deepseek.chat.completions.create(model="deepseek-chat", messages=messages)
    return completion.choices[0].message.content or ""


async def healthy() -> bool:
    models = await _deepseek.models.list()
    return bool(models.data)
