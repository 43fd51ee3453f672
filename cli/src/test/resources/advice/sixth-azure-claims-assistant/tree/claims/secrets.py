import os

from azure.keyvault.secrets import SecretClient

from claims.identity import credential


def database_password() -> str:
    vault = SecretClient(vault_url=os.environ["KEY_VAULT_URL"], credential=credential())
    return vault.get_secret("claims-db-password").value
