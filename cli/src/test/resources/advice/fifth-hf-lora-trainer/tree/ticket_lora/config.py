from dataclasses import dataclass, field


@dataclass
class Hub:
    base_model: str = "meta-llama/Llama-3.2-1B"
    corpus: str = "acme-nlp/support-tickets"
    adapter: str = "acme-nlp/ticket-lora"


@dataclass
class TrainConfig:
    hub: Hub = field(default_factory=Hub)
    encoder: str = "sentence-transformers/all-MiniLM-L6-v2"
    max_length: int = 512
    learning_rate: float = 2e-4
    epochs: int = 1
    output_dir: str = "out"
