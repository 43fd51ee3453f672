import os

from azure.storage.blob import BlobServiceClient

raw = BlobServiceClient.from_connection_string(os.environ["RAW_STORAGE"])
out = BlobServiceClient.from_connection_string(os.environ["OUT_STORAGE"])

data = raw.get_container_client("in").download_blob("day.csv").readall()
out.get_container_client("done").upload_blob("day.csv", data, overwrite=True)
