from openai import OpenAI

from support.config import OPENAI_API_KEY

client = OpenAI(api_key=OPENAI_API_KEY)


def title(text: str) -> str:
    reply = client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": f"A title for: {text}"}],
    )
    return reply.choices[0].message.content


def start(text: str, assistant: str):
    thread = client.beta.threads.create(messages=[{"role": "user", "content": text}])
    return client.beta.threads.runs.create_and_poll(thread_id=thread.id, assistant_id=assistant)
