import csv
import io
import os
import sys

from azure.storage.blob import BlobServiceClient
from dotenv import load_dotenv

CONTAINER = "invoices"

load_dotenv()
service = BlobServiceClient.from_connection_string(os.environ["AZURE_STORAGE_CONNECTION_STRING"])
container = service.get_container_client(CONTAINER)


def total(month: str) -> float:
    amount = 0.0
    for blob in container.list_blobs(name_starts_with=f"{month}/"):
        text = container.download_blob(blob.name).readall().decode()
        amount += sum(float(row["amount"]) for row in csv.DictReader(io.StringIO(text)))
    return amount


print(total(sys.argv[1]))
