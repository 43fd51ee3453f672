from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env")

    openai_api_key: str
    helpdesk_model: str = "gpt-4.1-mini"
    qdrant_url: str = "http://localhost:6333"


settings = Settings()
