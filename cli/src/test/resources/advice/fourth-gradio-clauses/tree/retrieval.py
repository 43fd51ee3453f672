import functools
import math
import os
import re
from collections import Counter

from datasets import load_dataset

import config

_WORD = re.compile(r"[a-z]{3,}")


def _bag(text: str) -> Counter:
    return Counter(_WORD.findall(text.lower()))


@functools.lru_cache(maxsize=1)
def corpus():
    # private: a token is needed even for reading
    rows = load_dataset(config.CORPUS, split="train", token=os.getenv("HF_TOKEN"))
    return [(r["number"], r["text"], _bag(r["text"])) for r in rows]


def cosine(a: Counter, b: Counter) -> float:
    dot = sum(a[w] * b[w] for w in a.keys() & b.keys())
    norm = math.sqrt(sum(v * v for v in a.values())) * math.sqrt(sum(v * v for v in b.values()))
    return dot / norm if norm else 0.0


def search(question: str, k: int = config.TOP_K):
    q = _bag(question)
    ranked = sorted(corpus(), key=lambda c: cosine(q, c[2]), reverse=True)
    return [(number, text) for number, text, _ in ranked[:k]]
