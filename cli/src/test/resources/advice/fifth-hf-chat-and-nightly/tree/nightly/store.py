import os
import sqlite3
from pathlib import Path


def rows_since(stamp: str) -> list[dict]:
    path = Path(os.environ["FEEDBACK_DB"])
    with sqlite3.connect(path) as db:
        db.row_factory = sqlite3.Row
        return [dict(r) for r in db.execute("select * from feedback where at > ?", (stamp,))]
