import argparse

from datasets import load_dataset
from huggingface_hub import login
from sentence_transformers import SentenceTransformer

parser = argparse.ArgumentParser()
parser.add_argument("--hub-id", required=True)
parser.add_argument("--epochs", type=int, default=1)
args = parser.parse_args()

login(token="@@huggingface@@")
pairs = load_dataset("acme/qa-pairs", split="train")
model = SentenceTransformer("sentence-transformers/all-MiniLM-L6-v2")
model.fit([(pairs, None)], epochs=args.epochs)
model.push_to_hub(args.hub_id)
