"""Evening: pause the endpoint. Morning: resume it."""
import argparse

from huggingface_hub import HfApi

api = HfApi(token="@@huggingface@@")
NAME = "acme-chat-prod"

parser = argparse.ArgumentParser()
parser.add_argument("action", choices=["pause", "resume"])
args = parser.parse_args()

if args.action == "pause":
    api.pause_inference_endpoint(NAME)
else:
    api.resume_inference_endpoint(NAME)
