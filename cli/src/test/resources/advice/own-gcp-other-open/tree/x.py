import os
from google.cloud import storage

client = storage.Client.from_service_account_json("k.json")
if os.path.exists("data.csv"):
    with open("data.csv") as f:
        client.bucket("acme-up").blob("data.csv").upload_from_file(f)
