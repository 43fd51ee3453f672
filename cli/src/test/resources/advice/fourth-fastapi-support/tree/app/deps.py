from typing import Annotated

from fastapi import Depends
from openai import AsyncOpenAI

from app.settings import Settings, get_settings


def get_openai(settings: Annotated[Settings, Depends(get_settings)]) -> AsyncOpenAI:
    return AsyncOpenAI(api_key=settings.openai_api_key, timeout=30, max_retries=0)


OpenAIClient = Annotated[AsyncOpenAI, Depends(get_openai)]
