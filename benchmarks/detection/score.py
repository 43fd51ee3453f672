#!/usr/bin/env python3
"""Scores a JSON Lines report against the labels.

score.py FOLDER REPORT [--clean REPORT --clean-megabytes N] [--json FILE] [--details FILE]

FOLDER holds labels.jsonl and tree/, as generate.py wrote them. A finding counts when its confidence is at least 0.5 and
one of its places overlaps a label; every place is judged on its own.
"""

import argparse
import json
import os
import re
from collections import Counter, defaultdict
from pathlib import Path

FOUND = 0.5
BINS = 10


def read_report(path):
    findings, summary = [], {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                item = json.loads(line)
                if item["type"] == "finding":
                    findings.append(item)
                elif item["type"] == "summary":
                    summary = item
    return findings, summary


class Labels:
    """The labels of one corpus, by file."""

    def __init__(self, folder):
        self.root = (folder / "tree").resolve()
        self.all = [json.loads(line) for line in open(folder / "labels.jsonl", encoding="utf-8")]
        self.of_file = defaultdict(list)
        for label in self.all:
            self.of_file[label["file"]].append(label)

    def relative(self, place):
        path = place.get("path", "")
        if os.path.isabs(path):
            return os.path.relpath(os.path.realpath(path), self.root)
        path = path[2:] if path.startswith("./") else path
        if path in self.of_file:
            return path
        marker = self.root.name + "/"
        return path.split(marker, 1)[1] if marker in path else path

    def judge(self, finding, place):
        """The labels a place overlaps, those of planted secrets first; what is on its line where nothing overlaps."""
        here = self.of_file.get(self.relative(place), [])
        start = (place.get("line", 0), place.get("column") or 1)
        end = (place.get("endLine") or start[0], place.get("endColumn") or 10**9)
        over = [l for l in here if (l["line"], l["column"]) < end and start < (l["endLine"], l["endColumn"])]
        if not over:
            # A decoded value may be placed at its own offset: then what is shown of it must fit the label.
            tail = re.split(r"…|\.\.\.|\*+", finding.get("redacted", ""))[-1]
            on_line = [l for l in here if l["line"] <= start[0] <= l["endLine"]]
            over = [l for l in on_line if tail and (l["value"].endswith(tail) or l["text"].endswith(tail))]
        return sorted(over, key=lambda l: ("planted", "near", "companion").index(l["kind"]))


def plain(name):
    return re.sub(r"[^a-z0-9]", "", name.lower())


def same_service(provider, label):
    accepted = {plain(name) for name in [label["provider"], *label["aliases"]]}
    named = plain(provider or "")
    shorter = lambda name: re.sub(r"(com|io|ai|app|hq|cloud|api)$", "", name) if len(name) > 5 else name
    return bool(named) and (named in accepted or shorter(named) in {shorter(name) for name in accepted})


def ratio(part, whole):
    return part / whole if whole else 0.0


def score(labels, findings, clean_findings=(), clean_megabytes=0.0):
    found, named, alarms = set(), set(), set()
    unlabelled, true_places, false_places = [], 0, 0
    judged = []  # (confidence, right)
    rules = defaultdict(Counter)
    for finding in findings:
        confidence = finding.get("confidence", 1.0)
        for place in finding["places"]:
            over = labels.judge(finding, place)
            kind = over[0]["kind"] if over else "none"
            if kind == "companion":
                continue
            judged.append((confidence, kind == "planted"))
            if confidence < FOUND:
                continue
            if kind == "planted":
                true_places += 1
                for label in over:
                    if label["kind"] == "planted":
                        found.add(label["id"])
                        if same_service(finding.get("provider"), label):
                            named.add(label["id"])
            else:
                false_places += 1
                rules[finding["rule"]][over[0]["group"] if over else "unlabelled"] += 1
                if over:
                    alarms.update(label["id"] for label in over)
                else:
                    unlabelled.append((finding["rule"], place))
    clean_places, clean_rules = 0, defaultdict(list)
    for finding in clean_findings:
        confidence = finding.get("confidence", 1.0)
        judged += [(confidence, False)] * len(finding["places"])
        if confidence >= FOUND:
            clean_places += len(finding["places"])
            clean_rules[finding["rule"]] += [f"{place['path']}:{place['line']}" for place in finding["places"]]

    planted = [l for l in labels.all if l["kind"] == "planted"]
    near = [l for l in labels.all if l["kind"] == "near"]
    groups = {}
    for group in sorted({l["group"] for l in planted}):
        mine = [l for l in planted if l["group"] == group]
        of_service = [l for l in mine if l["provider"]]
        groups[group] = {
            "planted": len(mine),
            "recall": ratio(sum(l["id"] in found for l in mine), len(mine)),
            "named": ratio(sum(l["id"] in named for l in of_service), len(of_service)) if of_service else None,
        }
    share = lambda chosen: ratio(sum(l["id"] in found for l in chosen), len(chosen))
    recall = share(planted)
    precision = ratio(true_places, true_places + false_places)
    of_service = [l for l in planted if l["provider"]]
    strict = [l for l in near if l["strict"]]
    result = {
        "groups": groups,
        "recall": recall,
        "recallWithoutSmall": share([l for l in planted if l["group"] != "small"]),
        "recallOwnPrefix": share([l for l in planted if l["own"]]),
        "recallFromDocumentation": share([l for l in planted if l["source"] == "docs"]),
        "named": ratio(sum(l["id"] in named for l in of_service), len(of_service)),
        "namedOfFound": ratio(sum(l["id"] in named for l in of_service), sum(l["id"] in found for l in of_service)),
        "falseAlarmsNear": ratio(sum(l["id"] in alarms for l in near), len(near)),
        "falseAlarmsStrict": ratio(sum(l["id"] in alarms for l in strict), len(strict)),
        "unlabelled": len(unlabelled),
        "precision": precision,
        "f1": ratio(2 * precision * recall, precision + recall),
        "calibrationError": calibration(judged),
        "judged": len(judged),
    }
    if clean_megabytes:
        result["clean"] = {
            "megabytes": clean_megabytes,
            "alarms": clean_places,
            "perMegabyte": clean_places / clean_megabytes,
        }
    details = {
        "missed": [l for l in planted if l["id"] not in found],
        "unnamed": [l for l in of_service if l["id"] in found and l["id"] not in named],
        "alarmed": [l for l in near if l["id"] in alarms],
        "unlabelled": [{"rule": rule, "place": place} for rule, place in unlabelled],
        "rules": {rule: dict(kinds) for rule, kinds in rules.items()},
        "cleanRules": dict(sorted(clean_rules.items(), key=lambda rule: -len(rule[1]))),
    }
    return result, details


def calibration(judged):
    """Expected calibration error over ten bins of confidence."""
    bins = defaultdict(list)
    for confidence, right in judged:
        bins[min(int(confidence * BINS), BINS - 1)].append((confidence, right))
    error = 0.0
    for members in bins.values():
        mean = sum(confidence for confidence, _ in members) / len(members)
        error += abs(mean - sum(right for _, right in members) / len(members)) * len(members) / len(judged)
    return error


def show(result):
    print(f"{'group':15} {'planted':>7} {'recall':>7} {'named':>7}")
    for group, row in result["groups"].items():
        named = "-" if row["named"] is None else f"{row['named']:.3f}"
        print(f"{group:15} {row['planted']:7} {row['recall']:7.3f} {named:>7}")
    rows = [
        ("recall", "recall"),
        ("recall without small services", "recallWithoutSmall"),
        ("recall, prefix of its own", "recallOwnPrefix"),
        ("recall, from documentation alone", "recallFromDocumentation"),
        ("provider named rightly", "named"),
        ("provider named, of those found", "namedOfFound"),
        ("false alarms, near misses", "falseAlarmsNear"),
        ("false alarms, strict near misses", "falseAlarmsStrict"),
        ("places that are no label", "unlabelled"),
        ("precision", "precision"),
        ("F1", "f1"),
        ("calibration error", "calibrationError"),
    ]
    print()
    for title, key in rows:
        value = result[key]
        print(f"{title:34} {value if isinstance(value, int) else format(value, '.3f')}")
    if "clean" in result:
        clean = result["clean"]
        print(f"{'false alarms per MB of clean text':34} {clean['perMegabyte']:.3f} ({clean['alarms']} in {clean['megabytes']:.1f} MB)")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("report", type=Path)
    parser.add_argument("--clean", type=Path, help="report of the clean text")
    parser.add_argument("--clean-megabytes", type=float, default=0.0)
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--details", type=Path, help="write what was missed and what was a false alarm here (it shows the made-up values)")
    options = parser.parse_args()
    findings, _ = read_report(options.report)
    clean = read_report(options.clean)[0] if options.clean else []
    result, details = score(Labels(options.folder), findings, clean, options.clean_megabytes)
    show(result)
    if options.json:
        options.json.write_text(json.dumps(result, indent=2) + "\n")
    if options.details:
        options.details.write_text(json.dumps(details, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
