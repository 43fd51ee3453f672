import pathlib
import time

import anthropic

from .settings import settings

client = anthropic.Anthropic(api_key=settings.anthropic_api_key)

PROMPT = "List parties, start date, notice period and governing law as YAML.\n\n"


def submit(paths):
    batch = client.messages.batches.create(
        requests=[
            {
                "custom_id": p.stem,
                "params": {
                    "model": settings.model,
                    "max_tokens": settings.max_tokens,
                    "messages": [{"role": "user", "content": PROMPT + p.read_text()}],
                },
            }
            for p in paths
        ]
    )
    return batch.id


def wait(batch_id, pause=60):
    while client.messages.batches.retrieve(batch_id).processing_status != "ended":
        time.sleep(pause)
    for entry in client.messages.batches.results(batch_id):
        if entry.result.type == "succeeded":
            yield entry.custom_id, entry.result.message.content[0].text


def main():
    inbox = pathlib.Path(settings.inbox)
    batch_id = submit(sorted(inbox.glob("*.txt")))
    for name, text in wait(batch_id):
        (inbox / f"{name}.yaml").write_text(text)


if __name__ == "__main__":
    main()
