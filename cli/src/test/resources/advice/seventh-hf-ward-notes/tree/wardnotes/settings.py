import os
from dataclasses import dataclass

from dotenv import load_dotenv

load_dotenv()


@dataclass(frozen=True)
class Settings:
    hf_token: str
    output_dir: str
    wandb_mode: str


def load() -> Settings:
    return Settings(
        hf_token=os.environ["HF_TOKEN"],
        output_dir=os.environ.get("OUTPUT_DIR", "out"),
        wandb_mode=os.environ.get("WANDB_MODE", "offline"),
    )


settings = load()
