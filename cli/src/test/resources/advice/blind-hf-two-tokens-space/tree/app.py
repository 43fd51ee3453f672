import io
import json
import os
import time

import gradio as gr
import joblib
from huggingface_hub import HfApi, hf_hub_download

ranker = joblib.load(
    hf_hub_download(
        repo_id="acme/ranker-private",
        filename="ranker.joblib",
        token=os.environ["HUB_READ_TOKEN"],
    )
)
feedback = HfApi(token=os.environ["HUB_FEEDBACK_TOKEN"])


def keep(query, choice):
    record = json.dumps({"query": query, "choice": choice, "at": time.time()})
    feedback.upload_file(
        path_or_fileobj=io.BytesIO(record.encode()),
        path_in_repo=f"votes/{time.time_ns()}.json",
        repo_id="acme/ranker-feedback",
        repo_type="dataset",
    )
    return "Thank you"


with gr.Blocks() as demo:
    query = gr.Textbox(label="Query")
    choice = gr.Radio(["first", "second"], label="Better")
    gr.Button("Send").click(keep, [query, choice], gr.Markdown())

demo.launch()
