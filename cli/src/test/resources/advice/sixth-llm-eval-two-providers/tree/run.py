import sys
from pathlib import Path

import yaml
from rich.console import Console
from rich.table import Table

from grading import grade
from models import CANDIDATES


def main(path: Path) -> None:
    cases = yaml.safe_load(path.read_text())
    table = Table("question", *CANDIDATES)
    for case in cases:
        row = [case["question"]]
        for model in CANDIDATES.values():
            answer = model.invoke(case["question"]).content
            row.append(str(grade(case["question"], case["expected"], answer)))
        table.add_row(*row)
    Console().print(table)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
