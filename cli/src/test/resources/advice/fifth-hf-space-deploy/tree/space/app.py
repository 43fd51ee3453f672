import gradio as gr
from transformers import pipeline

classify = pipeline("text-classification", model="distilbert-base-uncased-finetuned-sst-2-english")


def mood(text: str) -> dict:
    best = classify(text[:512])[0]
    return {best["label"].lower(): best["score"]}


demo = gr.Interface(mood, gr.Textbox(lines=4), gr.Label(), title="Mood of a ticket")

if __name__ == "__main__":
    demo.launch()
