import json
from pathlib import Path

from contracts.extract import request_line
from contracts.settings import STATE, WINDOW, make_client

client = make_client()


def submit(folder: Path) -> str:
    lines = [request_line(path) for path in sorted(folder.glob("*.pdf"))]
    upload = client.files.create(file=("contracts.jsonl", "\n".join(lines).encode()), purpose="batch")
    batch = client.batches.create(input_file_id=upload.id, endpoint="/v1/chat/completions", completion_window=WINDOW)
    remember(batch.id)
    return batch.id


def collect() -> list[dict]:
    rows = []
    for batch_id in pending():
        batch = client.batches.retrieve(batch_id)
        if batch.status == "completed":
            text = client.files.content(batch.output_file_id).text
            rows += [json.loads(line) for line in text.splitlines()]
    return rows


def pending() -> list[str]:
    return json.loads(STATE.read_text()) if STATE.exists() else []


def remember(batch_id: str) -> None:
    STATE.parent.mkdir(exist_ok=True)
    STATE.write_text(json.dumps([*pending(), batch_id]))
