import time
import tomllib
from pathlib import Path

import anthropic

config = tomllib.loads(Path("classifier.toml").read_text())
client = anthropic.Anthropic(api_key=config["anthropic"]["api_key"])

requests = [
    {
        "custom_id": path.stem,
        "params": {
            "model": config["anthropic"]["model"],
            "max_tokens": 10,
            "messages": [{"role": "user", "content": f"Spam or ham?\n\n{path.read_text()}"}],
        },
    }
    for path in Path(config["input"]["folder"]).glob("*.eml")
]
batch = client.messages.batches.create(requests=requests)
while batch.processing_status != "ended":
    time.sleep(30)
    batch = client.messages.batches.retrieve(batch.id)
for each in client.messages.batches.results(batch.id):
    print(each.custom_id, each.result.type)
