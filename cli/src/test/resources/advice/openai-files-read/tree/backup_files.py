import pathlib

import openai

openai.api_key = "@@openai@@"

target = pathlib.Path("backup")
target.mkdir(exist_ok=True)
for item in openai.files.list(purpose="fine-tune-results"):
    body = openai.files.content(item.id)
    (target / item.filename).write_bytes(body.read())
    print(item.id, item.filename, item.bytes)
