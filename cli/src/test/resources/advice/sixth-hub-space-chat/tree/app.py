import gradio as gr

from chat.engine import answer
from chat.feedback import record

with gr.Blocks(title="Lumen Chat") as demo:
    gr.Markdown("# Lumen Chat\nAsk about lamps, dimmers and smart lighting.")
    chatbot = gr.Chatbot(type="messages", height=520)
    box = gr.Textbox(placeholder="Why does my dimmer hum?", show_label=False)
    box.submit(answer, [box, chatbot], [box, chatbot])
    chatbot.like(record, [chatbot], None)

if __name__ == "__main__":
    demo.queue(default_concurrency_limit=8).launch()
