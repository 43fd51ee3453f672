from google.cloud import bigquery, secretmanager, storage
from google.oauth2 import service_account
creds = service_account.Credentials.from_service_account_file("keys/sa.json")
PROJECT = "acme-prod"
gcs = storage.Client(project=PROJECT, credentials=creds)
for blob in gcs.list_blobs("acme-data", prefix="in/"):
    text = blob.download_as_text()
bq = bigquery.Client(project=PROJECT, credentials=creds)
rows = bq.query("SELECT * FROM `acme-prod.sales.orders`").result()
sm = secretmanager.SecretManagerServiceClient(credentials=creds)
name = f"projects/{PROJECT}/secrets/db-password/versions/latest"
password = sm.access_secret_version(request={"name": name}).payload.data
