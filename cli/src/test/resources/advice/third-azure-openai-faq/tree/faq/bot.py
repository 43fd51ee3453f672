import os

from dotenv import load_dotenv
from openai import AzureOpenAI

from .store import nearest

load_dotenv()

client = AzureOpenAI(
    azure_endpoint=os.environ["AZURE_OPENAI_ENDPOINT"],
    api_key=os.environ["AZURE_OPENAI_API_KEY"],
    api_version="2024-10-21",
)

SYSTEM = "You answer questions of ferry passengers. Keep to the given entries."


def embed(text):
    return client.embeddings.create(model="text-embedding-3-large", input=text).data[0].embedding


def answer(question):
    entries = nearest(embed(question), 4)
    context = "\n".join(f"Q: {e['q']}\nA: {e['a']}" for e in entries)
    result = client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[
            {"role": "system", "content": SYSTEM},
            {"role": "user", "content": f"{context}\n\n{question}"},
        ],
    )
    return result.choices[0].message.content
