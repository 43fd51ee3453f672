import hashlib
import hmac

from google.cloud import secretmanager

_NAME = "projects/acme-prod/secrets/unsubscribe-key/versions/latest"


def unsubscribe_key() -> bytes:
    client = secretmanager.SecretManagerServiceClient()
    return client.access_secret_version(name=_NAME).payload.data


def unsubscribe(address: str, key: bytes) -> str:
    mark = hmac.new(key, address.encode(), hashlib.sha256).hexdigest()
    return f"https://acme.example/unsubscribe?a={address}&m={mark}"
