import json
from pathlib import Path

from .client import MODEL, client


def requests(cases: list[dict]) -> str:
    lines = []
    for case in cases:
        lines.append(json.dumps({
            "custom_id": case["id"],
            "method": "POST",
            "url": "/v1/chat/completions",
            "body": {"model": MODEL, "messages": [{"role": "user", "content": case["prompt"]}]},
        }))
    return "\n".join(lines)


def submit(path: Path) -> str:
    cases = json.loads(path.read_text())
    upload = client().files.create(file=("batch.jsonl", requests(cases).encode()), purpose="batch")
    batch = client().batches.create(
        input_file_id=upload.id,
        endpoint="/v1/chat/completions",
        completion_window="24h",
    )
    return batch.id
