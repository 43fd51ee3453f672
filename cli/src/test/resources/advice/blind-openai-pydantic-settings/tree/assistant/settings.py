from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file="deploy/.env")

    openai_key: SecretStr
    chat_model: str = "gpt-4o-mini"


settings = Settings()
