"""Reads order drops of the shops from the bucket and publishes each order."""
import json
import logging
import pathlib

from google.cloud import pubsub_v1, storage

KEY_FILE = "secrets/order-relay.json"
PROJECT = "acme-prod"
BUCKET = "acme-prod-order-drops"
TOPIC = "orders"
SEEN = pathlib.Path("seen.txt")

log = logging.getLogger("relay")

client = storage.Client.from_service_account_json(KEY_FILE)
publisher = pubsub_v1.PublisherClient.from_service_account_file(KEY_FILE)
topic = publisher.topic_path(PROJECT, TOPIC)


def drops():
    seen = set(SEEN.read_text().split()) if SEEN.exists() else set()
    bucket = client.bucket(BUCKET)
    for blob in bucket.list_blobs(prefix="incoming/"):
        if blob.name not in seen:
            yield blob


def relay(blob):
    orders = json.loads(blob.download_as_text())
    futures = [publisher.publish(topic, json.dumps(o).encode(), shop=str(o["shop"])) for o in orders]
    for future in futures:
        future.result(timeout=30)
    with SEEN.open("a") as f:
        f.write(blob.name + "\n")
    log.info("%s: %d orders", blob.name, len(orders))


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    for blob in drops():
        relay(blob)
