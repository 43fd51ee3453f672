from datasets import Dataset, load_dataset

from .settings import settings

DATASET = "stmartin/ward-notes"
MAX_CHARACTERS = 4000


def training_notes() -> Dataset:
    notes = load_dataset(DATASET, split="train", token=settings.hf_token)
    return notes.filter(lambda row: 0 < len(row["text"]) <= MAX_CHARACTERS)


def encode(notes: Dataset, tokenizer, length: int = 1024) -> Dataset:
    def _encode(batch):
        return tokenizer(batch["text"], truncation=True, max_length=length)

    return notes.map(_encode, batched=True, remove_columns=notes.column_names)
