import os
import sys

from openai import OpenAI

os.environ["OPENAI_API_KEY"] = "@@openai@@"
client = OpenAI()

for path in sys.argv[1:]:
    with open(path, "rb") as audio:
        text = client.audio.transcriptions.create(model="whisper-1", file=audio)
    print(path, text.text)
