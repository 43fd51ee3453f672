import csv
import io
import os
from collections.abc import Iterator

from .clients import gcs


def returns(day: str) -> Iterator[dict]:
    bucket = gcs().bucket(os.environ["LANDING_BUCKET"])
    for blob in gcs().list_blobs(bucket, prefix=f"returns/{day}/"):
        text = blob.download_as_text(encoding="utf-8")
        yield from csv.DictReader(io.StringIO(text))
