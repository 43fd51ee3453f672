import json

from datasets import load_dataset


def test_short_tickets_are_dropped(tmp_path):
    rows = tmp_path / "rows.json"
    rows.write_text("\n".join(json.dumps({"body": "x" * n}) for n in (1, 40)))
    raw = load_dataset("json", data_files=str(rows), split="train")
    assert len(raw.filter(lambda row: len(row["body"]) > 20)) == 1
