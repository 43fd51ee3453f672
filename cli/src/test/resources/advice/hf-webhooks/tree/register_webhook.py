from huggingface_hub import HfApi

TOKEN = "@@huggingface@@"

api = HfApi(token=TOKEN)
webhook = api.create_webhook(
    url="https://hooks.acme.example/hf",
    watched=[{"type": "user", "name": "acme-bot"}],
    domains=["repo", "discussion"],
)
print(webhook.id)
