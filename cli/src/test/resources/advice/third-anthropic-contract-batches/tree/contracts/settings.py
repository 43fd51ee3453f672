from dataclasses import dataclass


@dataclass
class Settings:
    anthropic_api_key: str = "@@anthropic@@"
    model: str = "claude-3-5-haiku-20241022"
    max_tokens: int = 600
    inbox: str = "/data/contracts/inbox"


settings = Settings()
