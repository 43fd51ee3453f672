from functools import lru_cache

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    env: str = "dev"
    openai_api_key: str
    deepseek_api_key: str = ""
    deepseek_base: str = "https://api.deepseek.com"
    chat_model: str = "gpt-4o-mini"
    embedding_model: str = "text-embedding-3-small"


@lru_cache
def get_settings() -> Settings:
    return Settings()
