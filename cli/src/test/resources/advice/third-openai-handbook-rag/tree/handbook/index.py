import os
import pathlib
import re

import psycopg

from .llm import embed


def chunks(text, size=1200):
    for part in re.split(r"\n(?=#)", text):
        for i in range(0, len(part), size):
            yield part[i : i + size]


def main(root="docs"):
    with psycopg.connect(os.environ["DATABASE_URL"]) as db:
        for path in sorted(pathlib.Path(root).rglob("*.md")):
            parts = list(chunks(path.read_text()))
            for text, vector in zip(parts, embed(parts)):
                db.execute(
                    "insert into chunk(path, text, embedding) values (%s, %s, %s)",
                    (str(path), text, str(vector)),
                )


if __name__ == "__main__":
    main()
