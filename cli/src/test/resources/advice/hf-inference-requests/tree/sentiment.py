import requests

API_URL = "https://router.huggingface.co/hf-inference/models/cardiffnlp/twitter-roberta-base-sentiment"
headers = {"Authorization": "Bearer @@huggingface@@"}


def query(payload):
    response = requests.post(API_URL, headers=headers, json=payload, timeout=30)
    response.raise_for_status()
    return response.json()


if __name__ == "__main__":
    for line in open("reviews.csv"):
        print(query({"inputs": line.strip()}))
