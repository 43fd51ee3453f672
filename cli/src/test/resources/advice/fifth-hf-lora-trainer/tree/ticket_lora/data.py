from __future__ import annotations

from datasets import DatasetDict, load_dataset
from sentence_transformers import SentenceTransformer

from .config import TrainConfig


def corpus(cfg: TrainConfig) -> DatasetDict:
    raw = load_dataset(cfg.hub.corpus)
    return raw.filter(lambda row: len(row["body"]) > 20)


def near_duplicates(cfg: TrainConfig, rows: list[str]) -> set[int]:
    encoder = SentenceTransformer(cfg.encoder)
    vectors = encoder.encode(rows, normalize_embeddings=True)
    drop = set()
    for i in range(1, len(rows)):
        if float(vectors[i] @ vectors[i - 1]) > 0.97:
            drop.add(i)
    return drop
