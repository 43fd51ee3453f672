from openai import OpenAI

client = OpenAI()


def judge(question: str, answer: str) -> bool:
    reply = client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": f"Is this right, yes or no?\n{question}\n{answer}"}],
    )
    return reply.choices[0].message.content.lower().startswith("yes")
