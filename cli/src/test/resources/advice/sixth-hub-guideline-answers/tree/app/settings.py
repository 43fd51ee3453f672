from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    huggingface_token: SecretStr
    index_dir: Path = Path("index")
    generator_model: str = "meta-llama/Llama-3.1-8B-Instruct"
    embedding_model: str = "sentence-transformers/all-MiniLM-L6-v2"
    corpus_repo: str = "heron-health/guidelines"
    top_k: int = 4


settings = Settings()
