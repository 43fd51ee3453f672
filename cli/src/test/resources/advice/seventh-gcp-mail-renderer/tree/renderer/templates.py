import os
from functools import lru_cache

from google.cloud import storage
from jinja2 import Template

BUCKET = os.environ["TEMPLATE_BUCKET"]


@lru_cache(maxsize=64)
def template(name: str, language: str) -> Template:
    blob = storage.Client().bucket(BUCKET).blob(f"{language}/{name}.html")
    return Template(blob.download_as_text())
