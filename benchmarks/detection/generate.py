#!/usr/bin/env python3
"""Writes the corpus: generate.py FOLDER [--blind] [--seed N] makes FOLDER/tree and FOLDER/labels.jsonl."""

import argparse
import json
import shutil
from collections import Counter
from pathlib import Path

from exam import blind, corpus as exam


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--blind", action="store_true", help="the second set, see README.md")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    corpus = blind.generate(options.seed) if options.blind else exam.generate(options.seed)
    tree = options.folder / "tree"
    if tree.exists():
        shutil.rmtree(tree)
    for path, text in corpus.files.items():
        target = tree / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())
    with open(options.folder / "labels.jsonl", "w", encoding="utf-8") as out:
        for label in corpus.labels:
            out.write(json.dumps(label, ensure_ascii=False) + "\n")
    kinds = Counter(label["kind"] for label in corpus.labels)
    print(f"{len(corpus.files)} files, {kinds['planted']} planted, {kinds['near']} near misses, seed {options.seed}")


if __name__ == "__main__":
    main()
