import os
import sqlite3

import voyageai

_db = sqlite3.connect(os.environ.get("BRIEFS_DB", "briefs.db"), check_same_thread=False)
_voyage = voyageai.Client(api_key=os.environ.get("VOYAGE_API_KEY"))


def text(doc_id: str) -> str:
    row = _db.execute("select body from docs where id = ?", (doc_id,)).fetchone()
    if row is None:
        raise KeyError(doc_id)
    return row[0]


def pending():
    yield from _db.execute("select id, body from docs where brief is null limit 500")


def mark(doc_id: str, state: str) -> None:
    with _db:
        _db.execute("update docs set state = ? where id = ?", (state, doc_id))


def save(doc_id: str, brief: str) -> None:
    vector = _voyage.embed([brief], model="voyage-3-lite").embeddings[0]
    with _db:
        _db.execute(
            "update docs set brief = ?, vec = ? where id = ?", (brief, repr(vector), doc_id)
        )
