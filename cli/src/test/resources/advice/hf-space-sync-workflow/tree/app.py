import gradio as gr


def total(image):
    return "42.00 EUR"


gr.Interface(total, gr.Image(type="pil"), "text").launch()
