import pathlib
import sys

from azure.storage.blob import BlobServiceClient

import settings

service = BlobServiceClient(
    f"https://{settings.AZURE_STORAGE_ACCOUNT}.blob.core.windows.net",
    credential=settings.AZURE_STORAGE_KEY,
)
for path in map(pathlib.Path, sys.argv[1:]):
    blob = service.get_blob_client(container="scans", blob=path.name)
    with path.open("rb") as file:
        blob.upload_blob(file, overwrite=True)
