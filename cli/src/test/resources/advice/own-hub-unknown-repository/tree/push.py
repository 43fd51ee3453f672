import sys

from transformers import AutoModel

HF_TOKEN = "@@huggingface@@"
model = AutoModel.from_pretrained("./checkpoint")
model.push_to_hub(sys.argv[1], token=HF_TOKEN)
