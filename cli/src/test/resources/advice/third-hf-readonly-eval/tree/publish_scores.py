"""Uploads scores.json. Ask Dana for a token that may write before you run this."""
import os

from dotenv import load_dotenv
from huggingface_hub import HfApi

load_dotenv(".env.local")

api = HfApi(token=os.environ["HF_TOKEN"])
api.upload_file(
    path_or_fileobj="scores.json",
    path_in_repo="toxicity-base/scores.json",
    repo_id="helio-labs/eval-scores",
    repo_type="dataset",
)
