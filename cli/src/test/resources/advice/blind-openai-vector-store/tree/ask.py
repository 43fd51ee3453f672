import sys
from pathlib import Path

from openai import OpenAI

client = OpenAI()
response = client.responses.create(
    model="gpt-4.1-mini",
    input=sys.argv[1],
    tools=[{"type": "file_search", "vector_store_ids": [Path(".store").read_text()]}],
)
print(response.output_text)
