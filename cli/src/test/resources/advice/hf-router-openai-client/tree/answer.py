from openai import OpenAI

client = OpenAI(
    base_url="https://router.huggingface.co/v1",
    api_key="@@huggingface@@",
)


def answer(question: str) -> str:
    reply = client.chat.completions.create(
        model="openai/gpt-oss-120b:cerebras",
        messages=[{"role": "user", "content": question}],
    )
    return reply.choices[0].message.content
