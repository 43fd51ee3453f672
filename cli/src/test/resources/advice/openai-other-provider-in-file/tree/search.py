import os

from openai import OpenAI

embedder = OpenAI(api_key="@@openai@@")
chat = OpenAI(api_key=os.environ["GROQ_API_KEY"], base_url="https://api.groq.com/openai/v1")


def embed(text: str) -> list[float]:
    return embedder.embeddings.create(model="text-embedding-3-small", input=text).data[0].embedding


def answer(question: str, context: str) -> str:
    reply = chat.responses.create(
        model="llama-3.3-70b-versatile",
        input=f"{context}\n\n{question}",
    )
    return reply.output_text
