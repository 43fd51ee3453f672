import uuid

from google.cloud import storage

client = storage.Client()


def publish(html: str) -> str:
    name = f"reports/{uuid.uuid4()}.html"
    blob = client.bucket("acme-reports").blob(name)
    blob.upload_from_string(html, content_type="text/html")
    return name
