import joblib
from google.cloud import storage

client = storage.Client.from_service_account_json("keys/acme-prod.json")
bucket = client.bucket("acme-models")


def load(version: str):
    path = f"/tmp/model-{version}.joblib"
    bucket.blob(f"churn/{version}.joblib").download_to_filename(path)
    return joblib.load(path)
