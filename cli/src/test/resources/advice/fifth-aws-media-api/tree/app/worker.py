import logging
import tempfile

import boto3
from PIL import Image

from .queue import JobQueue
from .settings import settings
from .storage import MediaStore

log = logging.getLogger(__name__)
rekognition = boto3.client("rekognition", region_name=settings().aws_default_region)
store = MediaStore()


def harmful(key: str) -> bool:
    found = rekognition.detect_moderation_labels(
        Image={"S3Object": {"Bucket": store.bucket, "Name": key}}, MinConfidence=80
    )
    return bool(found["ModerationLabels"])


def handle(job: dict) -> None:
    key = job["key"]
    if harmful(key):
        log.warning("dropped %s", key)
        store.drop(key)
        return
    with tempfile.NamedTemporaryFile() as file:
        store.fetch(key, file.name)
        with Image.open(file.name) as picture:
            log.info("%s is %dx%d", key, *picture.size)


def run() -> None:
    queue = JobQueue()
    while True:
        for job in queue.take():
            handle(job)


if __name__ == "__main__":
    run()
