#!/usr/bin/env python3
"""Scans a large image of many layers, beside the same files in a folder.

Generates an OCI layout whose layers are packed with gzip, and the files of all of them in a folder. In turns: `scan
container --image`, `scan dir` of the folder, and gzip alone unpacking every layer. Prints the time of the first over that
of the other two together, and its peak memory (resident, polled): at most 1.4 times, and 600 MB.

  image.py [--megabytes 4000] [--layers 40] [--runs 2] [--seed 1] [--stanch COMMAND]

Needs a built checkout (./stanch), gzip, and one and a half times the image's size of disk.
"""
import argparse
import json
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import tempfile

from places import Image, fleet
from scale import FILE, MOST_MEMORY, Words

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

import measure  # noqa: E402

LONGEST = 1.4


def build(folder, options):
    """Layer by layer: none is held but the one that is made."""
    words = Words(random.Random(options.seed))
    image = Image("bench/large:1", folder / "image")
    each = options.megabytes // options.layers
    for layer in range(options.layers):
        members = {f"srv/layer{layer}/part{one // 100}/file{one}.py": words.text(FILE).encode()
                   for one in range(each * 1_000_000 // FILE)}
        for name, text in members.items():
            file = folder / "files" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text)
        image.layer("COPY srv /srv", members, "gzip")
    image.layout()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=4000)
    parser.add_argument("--layers", type=int, default=40)
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--stanch", default=measure.STANCH)
    options = parser.parse_args()
    subprocess.run([options.stanch, "--version"], check=True, stdout=subprocess.DEVNULL)  # builds it
    folder = pathlib.Path(tempfile.mkdtemp(prefix="places-image-"))
    try:
        build(folder, options)
        layers = sorted(str(file) for file in (folder / "image/blobs/sha256").iterdir() if file.stat().st_size > 100_000)
        print(f"{options.megabytes} MB in {len(layers)} layers, {sum(map(os.path.getsize, layers)) / 1e6:.0f} MB packed; "
              f"load {os.getloadavg()[0]:.1f}", flush=True)
        scan = [options.stanch, "scan"]
        rows = {
            "image": ([*scan, "container", "-q", "-f", "jsonl", "--image", str(folder / "image")], (0,)),
            "folder": ([*scan, "dir", "-q", "-f", "jsonl", str(folder / "files")], (0,)),
            "gzip alone": (["sh", "-c", 'for one; do gzip -dc "$one" >/dev/null; done', "sh", *layers], (0,)),
        }
        figures = measure.interleaved(rows, options.runs)
        measure.table(figures)
        ratios = [image.wall / (plain.wall + packed.wall) for image, plain, packed in zip(*figures.values())]
        memory = max(figure.resident for figure in figures["image"])
        ratio = statistics.median(ratios)
        print(f"{ratio:.2f} times the folder and gzip together (at most {LONGEST}), {memory:.0f} MB (at most "
              f"{MOST_MEMORY})")
        sys.exit(0 if ratio <= LONGEST and memory <= MOST_MEMORY else 1)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
