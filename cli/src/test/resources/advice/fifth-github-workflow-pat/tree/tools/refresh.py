import json
import sys
import urllib.request

SOURCE = "https://data.acme.example/countries"


def main(path: str) -> None:
    with urllib.request.urlopen(SOURCE, timeout=30) as answer:
        rows = sorted(json.load(answer), key=lambda row: row["code"])
    with open(path, "w") as file:
        json.dump(rows, file, indent=1)


if __name__ == "__main__":
    main(sys.argv[1])
