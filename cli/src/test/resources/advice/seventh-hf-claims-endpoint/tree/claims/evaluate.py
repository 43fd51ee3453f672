"""Run by hand before a new endpoint goes live."""
import os

from datasets import load_dataset

from .classifier import ClaimClassifier


def accuracy() -> float:
    gold = load_dataset("northmutual/claims-gold", split="test", token=os.environ["HF_TOKEN"])
    classifier = ClaimClassifier()
    hits = sum(classifier.label(row["text"]) == row["label"] for row in gold)
    return hits / len(gold)


if __name__ == "__main__":
    print(f"{accuracy():.3f}")
