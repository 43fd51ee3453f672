import json
import logging

import boto3

from .carrier import book
from .config import JOBS_QUEUE_URL, ORDERS_TABLE, WAIT

log = logging.getLogger(__name__)

sqs = boto3.client("sqs")
orders = boto3.resource("dynamodb").Table(ORDERS_TABLE)


def handle(job):
    order = orders.get_item(Key={"id": job["order"]}).get("Item")
    if order is None:
        log.warning("no order %s", job["order"])
        return
    tracking = book(order)
    orders.update_item(
        Key={"id": order["id"]},
        UpdateExpression="SET #s = :s, tracking = :t",
        ExpressionAttributeNames={"#s": "state"},
        ExpressionAttributeValues={":s": "shipped", ":t": tracking},
    )


def run():
    while True:
        got = sqs.receive_message(QueueUrl=JOBS_QUEUE_URL, MaxNumberOfMessages=10, WaitTimeSeconds=WAIT)
        for message in got.get("Messages", []):
            handle(json.loads(message["Body"]))
            sqs.delete_message(QueueUrl=JOBS_QUEUE_URL, ReceiptHandle=message["ReceiptHandle"])


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    run()
