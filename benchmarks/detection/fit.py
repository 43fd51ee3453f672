#!/usr/bin/env python3
"""Fits the weights of the generic model.

fit.py [--out FILE] [--prior FILE] EXAM=DUMP… --clean DUMP…

EXAM is a folder that generate.py wrote, DUMP what FeatureDump wrote of its tree; a clean dump is of text without
secrets. The weights are those of a logistic model with an L2 penalty, fitted by coordinate-wise adaptive gradient over
sparse features. With a prior, an earlier model, weights start from it and the penalty holds them near it, so that what
earlier texts taught is kept where the present ones are silent. Standard library only.
"""

import argparse
import json
import math
import random
from collections import Counter, defaultdict
from pathlib import Path

EPOCHS = 40
PENALTY = 2e-5
PRIOR_PENALTY = 1e-3
RATE = 0.25
RAREST = 6


def dump(path):
    seen = set()
    for line in open(path, encoding="latin-1"):
        file, start, end, features = line.rstrip("\n").split("\t")
        key = (file, start, end)
        if key not in seen:
            seen.add(key)
            yield file.encode("latin-1").decode("utf-8", "replace"), int(start), int(end), features.split("|")


def exam(folder, path):
    labels = defaultdict(list)
    for line in open(Path(folder) / "labels.jsonl", encoding="utf-8"):
        label = json.loads(line)
        end = label["offset"] + len(label["text"].encode())
        labels[label["file"]].append((label["offset"], end, label["kind"], label.get("strict", True)))
    for file, start, end, features in dump(path):
        over = [kind for at, until, kind, _ in labels[file] if at < end and start < until]
        if "companion" in over and "planted" not in over:
            continue
        yield features, 1 if "planted" in over else 0


def fit(rows, prior):
    index = {}
    count = Counter(f for features, _, _ in rows for f in features)
    for feature, n in count.items():
        if n >= RAREST or feature in prior:
            index[feature] = len(index)
    before = [prior.get(feature, 0.0) for feature in index]
    penalty = PRIOR_PENALTY if prior else PENALTY
    data = [([index[f] for f in features if f in index], y, w) for features, y, w in rows]
    value = list(before)
    square = [1e-8] * len(index)
    order = list(range(len(data)))
    rng = random.Random(1)
    for epoch in range(EPOCHS):
        rng.shuffle(order)
        loss = total = 0.0
        rate = RATE * (1 - epoch / EPOCHS)
        for i in order:
            active, y, w = data[i]
            z = sum(value[j] for j in active)
            p = 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))
            error = (p - y) * w
            loss -= w * math.log(max(1e-9, p if y else 1 - p))
            total += w
            for j in active:
                g = error + penalty * (value[j] - before[j]) * len(data) / count_of(count, index, j)
                square[j] += g * g
                value[j] -= rate * g / math.sqrt(square[j])
        if epoch % 10 == 9:
            print(f"epoch {epoch + 1}: loss {loss / total:.4f}")
    return prior | {feature: value[j] for feature, j in index.items()}


_names = {}


def count_of(count, index, j):
    if len(_names) != len(index):
        _names.clear()
        _names.update({k: f for f, k in index.items()})
    return max(1, count[_names[j]])


def report(rows, weights):
    bins = defaultdict(lambda: [0.0, 0.0, 0.0])
    hits = Counter()
    for features, y, w in rows:
        z = sum(weights.get(f, 0) for f in features)
        p = 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))
        cell = bins[min(9, int(p * 10))]
        cell[0] += w
        cell[1] += w * p
        cell[2] += w * y
        hits[(y, p >= 0.5)] += 1
    total = sum(cell[0] for cell in bins.values())
    print("calibration error", round(sum(abs(c[1] - c[2]) for c in bins.values()) / total, 4), dict(hits))
    for b in sorted(bins):
        n, p, y = bins[b]
        print(f"  {b / 10:.1f}: {n:8.0f}  said {p / n:.3f}  right {y / n:.3f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("exams", nargs="+", help="EXAM=DUMP")
    parser.add_argument("--clean", nargs="*", default=[])
    parser.add_argument("--clean-weight", type=float, default=0.3)
    parser.add_argument("--prior", type=Path)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    rows = []
    for pair in options.exams:
        folder, path = pair.split("=")
        rows += [(features, y, 1.0) for features, y in exam(folder, path)]
    print(len(rows), "candidates of exams,", sum(y for _, y, _ in rows), "right")
    for path in options.clean:
        # The same kind of line a thousand times over says no more than a few of it.
        seen = Counter()
        before = len(rows)
        for file, _, _, features in dump(path):
            key = tuple(sorted(features)), file.rsplit("/", 1)[0]
            seen[key] += 1
            if seen[key] <= 3:
                rows.append((features, 0, options.clean_weight))
        print(path, len(rows) - before, "candidates")
    prior = {}
    if options.prior:
        lines = [line.split("\t") for line in options.prior.read_text().splitlines() if line[0] != "#"]
        prior = {feature: float(weight) for feature, weight in lines}
    weights = fit(rows, prior)
    report(rows, weights)
    if options.out:
        head = (
            "# What each thing known of a generic candidate adds to the log-odds that it is a secret.\n"
            "# Fitted by benchmarks/detection/fit.py; not edited by hand.\n"
        )
        body = "".join(f"{f}\t{w:.3f}\n" for f, w in sorted(weights.items()) if abs(w) >= 0.005)
        options.out.write_text(head + body)


if __name__ == "__main__":
    main()
