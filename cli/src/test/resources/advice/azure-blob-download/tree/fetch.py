import sys

from azure.identity import ClientSecretCredential
from azure.storage.blob import BlobServiceClient

credential = ClientSecretCredential(
    tenant_id="00000000-0000-0000-0000-000000000000",
    client_id="11111111-1111-1111-1111-111111111111",
    client_secret="@@azure@@",
)
service = BlobServiceClient("https://acmestore.blob.core.windows.net", credential=credential)
container = service.get_container_client("reports")

for name in sys.argv[1:]:
    with open(name, "wb") as file:
        container.download_blob(name).readinto(file)
