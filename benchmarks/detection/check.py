#!/usr/bin/env python3
"""Proves the exam against itself: labels match the files, the corpus repeats, the counts are what README says."""

import hashlib
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path

from exam import blind
from exam.corpus import generate
from score import Labels, score

WANTED = {"planted": 1500, "near": 1500, "services": 400}
GROUPS = "ai cloud developer messaging payments observability databases keys generic passwords habits small".split()


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


def scored(corpus, answers):
    """The figures of a report that names the given labels, each as its own finding."""
    place = lambda l: {key: l[key] for key in ("line", "column", "endLine", "endColumn")} | {"path": l["file"]}
    findings = [
        {"rule": "r", "provider": l.get("provider"), "redacted": "…", "confidence": 1.0, "places": [place(l)]} for l in answers
    ]
    with tempfile.TemporaryDirectory() as folder:
        with open(Path(folder) / "labels.jsonl", "w", encoding="utf-8") as out:
            out.writelines(json.dumps(label) + "\n" for label in corpus.labels)
        return score(Labels(Path(folder)), findings)[0]


def scorer_problems(corpus):
    of_kind = lambda *kinds: [label for label in corpus.labels if label["kind"] in kinds]
    perfect = scored(corpus, of_kind("planted", "companion"))
    if any(perfect[key] != 1.0 for key in ("recall", "named", "precision", "f1")) or perfect["falseAlarmsNear"]:
        yield f"a perfect report is not scored as one: {perfect}"
    worst = scored(corpus, of_kind("near"))
    if worst["recall"] or worst["precision"] or worst["falseAlarmsStrict"] != 1.0 or worst["calibrationError"] != 1.0:
        yield f"a report of near misses alone is not scored as one: {worst}"


def main():
    corpus = generate()
    found = list(problems(corpus)) + list(scorer_problems(corpus))
    second = blind.generate()
    found += [f"blind: {problem}" for problem in [*problems(second), *scorer_problems(second)]]
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
    if digest(second) != digest(blind.generate()):
        found.append("a second run gives another blind set")
    for group in GROUPS:
        kinds = {label["provider"] for label in planted if label["group"] == group and label["provider"]}
        print(f"{group:14} {groups[group]:5} planted  {len(kinds):4} services")
    print(f"{'all':14} {len(planted):5} planted  {len(services):4} services  {documented} from documentation alone")
    print(f"{'own prefix':14} {sum(label['own'] for label in planted):5}")
    strict = sum(label["strict"] for label in near)
    print(f"{'near misses':14} {len(near):5}, {strict} strict, {len({label['group'] for label in near})} kinds")
    size = sum(len(text.encode()) for text in corpus.files.values())
    print(f"{'files':14} {len(corpus.files):5}, {size / 1e6:.2f} MB, {len({label['style'] for label in corpus.labels})} styles, {first[:16]}")
    counts = Counter(label["kind"] for label in second.labels)
    print(f"{'blind set':14} {counts['planted']:5} planted  {counts['near']:5} near misses")
    for problem in found:
        print(problem, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
