import os

import onnxruntime
from huggingface_hub import hf_hub_download

MODEL_REPO = os.environ.get("MODEL_REPO", "acme/intent-onnx")
HF_TOKEN = "@@huggingface@@"

session = onnxruntime.InferenceSession(
    hf_hub_download(repo_id=MODEL_REPO, filename="model.onnx", token=HF_TOKEN)
)
