import logging
import os

import gradio as gr
from huggingface_hub import InferenceClient

import config
import feedback
import retrieval

log = logging.getLogger("clauses")
client = InferenceClient(model=config.CHAT_MODEL, token=os.getenv("HF_TOKEN"))


def respond(message, history):
    found = retrieval.search(message)
    context = "\n\n".join(f"[{n}] {t}" for n, t in found)
    messages = [{"role": "system", "content": config.SYSTEM}]
    messages += [{"role": m["role"], "content": m["content"]} for m in history[-6:]]
    messages.append({"role": "user", "content": f"{context}\n\nQuestion: {message}"})

    partial = ""
    try:
        for chunk in client.chat_completion(messages, max_tokens=700, temperature=0.2, stream=True):
            if chunk.choices:
                partial += chunk.choices[0].delta.content or ""
                yield partial
    except Exception:  # noqa: BLE001 the user shall not see a trace
        log.exception("chat failed")
        yield "Sorry, the model is busy. Try again in a minute."


def on_like(history, data: gr.LikeData):
    question = history[data.index - 1]["content"] if data.index else ""
    feedback.vote(question, data.value, data.liked)


with gr.Blocks(title="Clause finder") as demo:
    gr.Markdown("## Clause finder")
    chat = gr.Chatbot(type="messages")
    chat.like(on_like, chat, None)
    gr.ChatInterface(respond, chatbot=chat, type="messages")

if __name__ == "__main__":
    demo.queue(max_size=20).launch(server_port=int(os.getenv("GRADIO_SERVER_PORT", "7860")))
