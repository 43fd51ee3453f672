from google.cloud import secretmanager
from google.oauth2 import service_account

credentials = service_account.Credentials.from_service_account_file("config/key.json")
client = secretmanager.SecretManagerServiceClient(credentials=credentials)


def signing_key() -> bytes:
    name = "projects/acme-prod/secrets/signing-key/versions/latest"
    return client.access_secret_version(request={"name": name}).payload.data
