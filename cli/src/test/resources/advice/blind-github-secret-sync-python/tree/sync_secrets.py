import base64
import os
import tomllib
from pathlib import Path

import requests
from nacl import encoding, public

API = "https://api.github.com"
REPO = "acme/payments"

settings = tomllib.loads(Path("settings.toml").read_text())
session = requests.Session()
session.headers["Authorization"] = f"Bearer {settings['github']['token']}"
session.headers["X-GitHub-Api-Version"] = "2022-11-28"


def sealed(key: str, value: str) -> str:
    box = public.SealedBox(public.PublicKey(key.encode(), encoding.Base64Encoder()))
    return base64.b64encode(box.encrypt(value.encode())).decode()


def main() -> None:
    key = session.get(f"{API}/repos/{REPO}/actions/secrets/public-key").json()
    for name, source in settings["secrets"].items():
        value = os.environ[source.removeprefix("env:")]
        answer = session.put(
            f"{API}/repos/{REPO}/actions/secrets/{name}",
            json={"encrypted_value": sealed(key["key"], value), "key_id": key["key_id"]},
        )
        answer.raise_for_status()


main()
