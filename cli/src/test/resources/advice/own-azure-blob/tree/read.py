import os

from azure.storage.blob import BlobServiceClient

service = BlobServiceClient.from_connection_string(os.environ["AZURE_STORAGE_CONNECTION_STRING"])
container = service.get_container_client("reports")
print(container.get_blob_client("may.csv").download_blob().readall())
