import requests
API_URL = "https://api-inference.huggingface.co/models/gpt2"
headers = {"Authorization": "Bearer @@huggingface@@"}
def query(payload):
    return requests.post(API_URL, headers=headers, json=payload).json()
