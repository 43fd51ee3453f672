from huggingface_hub import InferenceClient

from chat.settings import CHAT_MODEL, HF_TOKEN, SYSTEM_PROMPT

client = InferenceClient(model=CHAT_MODEL, token=HF_TOKEN, timeout=60)


def answer(question, history):
    history = history + [{"role": "user", "content": question}]
    yield "", history
    messages = [{"role": "system", "content": SYSTEM_PROMPT}, *history]
    stream = client.chat_completion(messages, max_tokens=400, temperature=0.4, stream=True)
    history = history + [{"role": "assistant", "content": ""}]
    for chunk in stream:
        history[-1]["content"] += chunk.choices[0].delta.content or ""
        yield "", history
