from dataclasses import dataclass


@dataclass(frozen=True)
class Config:
    base_model: str = "openai/whisper-small"
    dataset: str = "northline/call-center-audio"
    hub_model: str = "northline/whisper-small-calls"
    output_dir: str = "out/whisper-small-calls"
    language: str = "german"
    batch_size: int = 16
    learning_rate: float = 1e-5
    max_steps: int = 4000
