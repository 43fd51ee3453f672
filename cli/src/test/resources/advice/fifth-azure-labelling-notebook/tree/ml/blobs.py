import os
from functools import cache

from azure.storage.blob import BlobServiceClient
from dotenv import load_dotenv

load_dotenv()


@cache
def service() -> BlobServiceClient:
    return BlobServiceClient.from_connection_string(os.environ["AZURE_STORAGE_CONNECTION_STRING"])
