import yaml
from anthropic import Anthropic

with open("app.yaml") as file:
    settings = yaml.safe_load(file)

client = Anthropic(api_key=settings["claude"]["secret_text"])
print(client.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[{"role": "user", "content": "Hi"}]))
