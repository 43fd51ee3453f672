from functools import lru_cache

from openai import AsyncOpenAI
from qdrant_client import AsyncQdrantClient

from .settings import settings


@lru_cache
def openai_client() -> AsyncOpenAI:
    return AsyncOpenAI(api_key=settings.openai_api_key, max_retries=3)


@lru_cache
def qdrant() -> AsyncQdrantClient:
    return AsyncQdrantClient(url=settings.qdrant_url)
