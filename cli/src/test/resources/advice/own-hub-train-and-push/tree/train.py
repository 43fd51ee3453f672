import os
from datasets import load_dataset
from huggingface_hub import HfApi
from transformers import AutoModelForCausalLM

REPO = "acme/model"
# api.upload_file(path_or_fileobj="x", repo_id="acme/other")
ds = load_dataset("acme/corpus", split="train", token=os.environ["HF_TOKEN"])
base = AutoModelForCausalLM.from_pretrained("meta-llama/Llama-3.1-8B")

api = HfApi(token=os.environ["HF_TOKEN"])
api.upload_folder(
    folder_path="out",
    repo_id=REPO,
)
