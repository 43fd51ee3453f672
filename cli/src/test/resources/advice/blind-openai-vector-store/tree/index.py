import sys
from pathlib import Path

from openai import OpenAI

client = OpenAI()
store = client.vector_stores.create(name="handbook")
for path in Path(sys.argv[1]).rglob("*.md"):
    with path.open("rb") as file:
        client.vector_stores.files.upload_and_poll(vector_store_id=store.id, file=file)
Path(".store").write_text(store.id)
