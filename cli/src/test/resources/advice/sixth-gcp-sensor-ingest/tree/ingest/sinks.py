import json
import uuid
from datetime import datetime, timezone

from google.cloud import bigquery, pubsub_v1, storage

from ingest import config


class TopicSink:
    def __init__(self):
        self.client = pubsub_v1.PublisherClient()
        self.topic = self.client.topic_path(config.PROJECT, config.TOPIC)

    def write(self, readings: list[dict]) -> None:
        futures = [self.client.publish(self.topic, json.dumps(r).encode(), sensor=r["sensor"]) for r in readings]
        for future in futures:
            future.result(timeout=30)


class TableSink:
    def __init__(self):
        self.client = bigquery.Client(project=config.PROJECT)

    def write(self, readings: list[dict]) -> None:
        errors = self.client.insert_rows_json(config.TABLE, readings)
        if errors:
            raise RuntimeError(f"{len(errors)} rows were refused")


class RawSink:
    def __init__(self):
        self.bucket = storage.Client(project=config.PROJECT).bucket(config.RAW_BUCKET)

    def write(self, readings: list[dict]) -> None:
        now = datetime.now(timezone.utc)
        blob = self.bucket.blob(f"{now:%Y/%m/%d}/{uuid.uuid4()}.jsonl")
        blob.upload_from_string("\n".join(map(json.dumps, readings)), content_type="application/jsonl")
