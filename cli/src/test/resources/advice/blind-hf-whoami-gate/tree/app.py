import os

import gradio as gr
from huggingface_hub import HfApi
from transformers import pipeline

owner = HfApi().whoami(token=os.environ["DEMO_OWNER_TOKEN"])["name"]
classify = pipeline("sentiment-analysis", model=os.environ["MODEL"], token=False)


def answer(text):
    return classify(text)[0]["label"]


gr.Interface(answer, "text", "text", title=f"A demo by {owner}").launch()
