#!/usr/bin/env python3
"""Proves the exam against itself: labels match the files, the corpus repeats, the counts are what README says."""

import hashlib
import json
import sys
from collections import Counter

from exam.corpus import generate

WANTED = {"planted": 1500, "near": 1500, "services": 400}
GROUPS = "ai cloud developer messaging payments observability databases keys generic passwords small".split()


def problems(corpus):
    seen = set()
    planted = {label["value"] for label in corpus.labels if label["kind"] == "planted"}
    for label in corpus.labels:
        where = f"{label['file']}:{label['line']}:{label['column']}"
        data = corpus.files[label["file"]].encode()
        text = data[label["offset"] : label["offset"] + label["length"]].decode()
        if text != label["text"]:
            yield f"{where}: the file holds something else than the label says"
        before = data[: label["offset"]].decode()
        if before.count("\n") + 1 != label["line"] or len(before) - before.rfind("\n") != label["column"]:
            yield f"{where}: line or column do not fit the offset"
        if (label["file"], label["offset"]) in seen:
            yield f"{where}: two labels at one place"
        seen.add((label["file"], label["offset"]))
        if label["kind"] == "planted" and len(label["value"]) < 6:
            yield f"{where}: a planted value of {len(label['value'])} characters"
        if label["kind"] == "near" and label["value"] in planted:
            yield f"{where}: a near miss that is planted elsewhere"
    for path, text in corpus.files.items():
        if any("\ue000" <= c <= "\ue003" for c in text):
            yield f"{path}: a mark was left in the file"


def digest(corpus):
    whole = hashlib.sha256()
    for path in sorted(corpus.files):
        whole.update(path.encode() + b"\0" + corpus.files[path].encode() + b"\0")
    whole.update(json.dumps(corpus.labels).encode())
    return whole.hexdigest()


def main():
    corpus = generate()
    found = list(problems(corpus))
    planted = [label for label in corpus.labels if label["kind"] == "planted"]
    near = [label for label in corpus.labels if label["kind"] == "near"]
    services = {label["provider"] for label in planted if label["provider"]}
    counts = {"planted": len(planted), "near": len(near), "services": len(services)}
    for what, least in WANTED.items():
        if counts[what] < least:
            found.append(f"{counts[what]} {what}, {least} wanted")
    groups = Counter(label["group"] for label in planted)
    found += [f"nothing planted in group {group}" for group in GROUPS if not groups[group]]
    documented = sum(label["source"] == "docs" for label in planted)
    if documented * 3 < len(planted):
        found.append("less than a third comes from the services' documentation")
    first = digest(corpus)
    if first != digest(generate()):
        found.append("a second run gives another corpus")
    for group in GROUPS:
        kinds = {label["provider"] for label in planted if label["group"] == group and label["provider"]}
        print(f"{group:14} {groups[group]:5} planted  {len(kinds):4} services")
    print(f"{'all':14} {len(planted):5} planted  {len(services):4} services  {documented} from documentation alone")
    print(f"{'own prefix':14} {sum(label['own'] for label in planted):5}")
    strict = sum(label["strict"] for label in near)
    print(f"{'near misses':14} {len(near):5}, {strict} strict, {len({label['group'] for label in near})} kinds")
    size = sum(len(text.encode()) for text in corpus.files.values())
    print(f"{'files':14} {len(corpus.files):5}, {size / 1e6:.2f} MB, {len({label['style'] for label in corpus.labels})} styles, {first[:16]}")
    for problem in found:
        print(problem, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
