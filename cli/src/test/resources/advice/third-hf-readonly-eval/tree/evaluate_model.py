"""Scores the internal toxicity model on a public test set."""
import json
import os
import pathlib

from datasets import load_dataset
from dotenv import load_dotenv
from huggingface_hub import snapshot_download
from transformers import pipeline

load_dotenv(".env.local")

MODEL = "helio-labs/toxicity-base"
OUT = pathlib.Path("scores.json")


def main():
    local = snapshot_download(repo_id=MODEL, revision="v3", token=os.environ["HF_TOKEN"])
    pipe = pipeline("text-classification", model=local, truncation=True)
    rows = load_dataset("imdb", split="test").shuffle(seed=7).select(range(2000))
    scores = [r["score"] for r in pipe(list(rows["text"]), batch_size=32)]
    OUT.write_text(json.dumps({"mean": sum(scores) / len(scores), "n": len(scores)}))


if __name__ == "__main__":
    main()
