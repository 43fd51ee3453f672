import json
import time

from .client import client


def wait(batch_id: str, every: float = 60.0):
    while True:
        batch = client().batches.retrieve(batch_id)
        if batch.status in ("completed", "failed", "expired", "cancelled"):
            return batch
        time.sleep(every)


def answers(batch) -> dict[str, str]:
    text = client().files.content(batch.output_file_id).text
    found = {}
    for line in text.splitlines():
        row = json.loads(line)
        found[row["custom_id"]] = row["response"]["body"]["choices"][0]["message"]["content"]
    return found
