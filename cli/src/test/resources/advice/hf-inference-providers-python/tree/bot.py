import os

from dotenv import load_dotenv
from flask import Flask, jsonify, request
from huggingface_hub import InferenceClient

load_dotenv()
app = Flask(__name__)
client = InferenceClient(provider="together", api_key=os.environ["HF_TOKEN"])


@app.post("/ask")
def ask():
    completion = client.chat.completions.create(
        model="deepseek-ai/DeepSeek-V3-0324",
        messages=[{"role": "user", "content": request.json["question"]}],
        max_tokens=512,
    )
    return jsonify(answer=completion.choices[0].message.content)


if __name__ == "__main__":
    app.run(port=8080)
