from functools import cache

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    upload_bucket: str
    queue_name: str = "media-jobs"
    aws_default_region: str = "eu-west-1"
    link_seconds: int = 900


@cache
def settings() -> Settings:
    return Settings()
