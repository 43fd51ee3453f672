"""Talks to the model.

To train on the collected answers, by hand and with an administrator's key:

    >>> client.files.create(file=open("answers.jsonl", "rb"), purpose="fine-tune")
    >>> client.fine_tuning.jobs.create(training_file="file-abc", model="gpt-4o-mini")
"""

from openai import AsyncOpenAI

from assistant.settings import settings

client = AsyncOpenAI(api_key=settings.openai_key.get_secret_value())


async def answer(question: str, passages: list[str]) -> str:
    context = "\n\n".join(passages)
    completion = await client.chat.completions.create(
        model=settings.chat_model,
        messages=[
            {"role": "system", "content": f"Answer from these passages:\n{context}"},
            {"role": "user", "content": question},
        ],
    )
    return completion.choices[0].message.content


async def embed(texts: list[str]) -> list[list[float]]:
    result = await client.embeddings.create(model="text-embedding-3-small", input=texts)
    return [each.embedding for each in result.data]
