"""When OpenAI is down we ask Groq, which speaks the same protocol."""
import os

import openai

groq = openai.OpenAI(base_url="https://api.groq.com/openai/v1", api_key=os.environ.get("GROQ_API_KEY", ""))


def pick_model():
    names = sorted(m.id for m in groq.models.list())
    return next(n for n in names if n.startswith("llama-3.1-8b"))


def chat(system, user):
    result = groq.chat.completions.create(
        model=pick_model(),
        messages=[{"role": "system", "content": system}, {"role": "user", "content": user}],
    )
    return result.choices[0].message.content
