from openai import OpenAI

EMBEDDING_MODEL = "text-embedding-3-small"
CHAT_MODEL = "gpt-4o-mini"

client = OpenAI()


def embed(texts):
    result = client.embeddings.create(model=EMBEDDING_MODEL, input=list(texts))
    return [item.embedding for item in result.data]


def chat(system, user):
    result = client.chat.completions.create(
        model=CHAT_MODEL,
        temperature=0.1,
        messages=[
            {"role": "system", "content": system},
            {"role": "user", "content": user},
        ],
    )
    return result.choices[0].message.content
