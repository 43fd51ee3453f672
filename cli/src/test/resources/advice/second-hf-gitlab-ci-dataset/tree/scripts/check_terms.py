import csv
import sys

for path in sys.argv[1:]:
    with open(path, newline="", encoding="utf-8") as file:
        seen = set()
        for row in csv.DictReader(file):
            if row["term"] in seen:
                sys.exit(f"{path}: {row['term']} twice")
            seen.add(row["term"])
