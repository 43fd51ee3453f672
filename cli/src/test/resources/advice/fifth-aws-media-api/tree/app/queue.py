import json

import boto3

from .settings import settings


class JobQueue:
    """The jobs of the worker."""

    def __init__(self):
        self.sqs = boto3.client("sqs", region_name=settings().aws_default_region)
        self.url = self.sqs.get_queue_url(QueueName=settings().queue_name)["QueueUrl"]

    def put(self, job: dict) -> None:
        self.sqs.send_message(QueueUrl=self.url, MessageBody=json.dumps(job))

    def take(self):
        answer = self.sqs.receive_message(QueueUrl=self.url, MaxNumberOfMessages=5, WaitTimeSeconds=20)
        for message in answer.get("Messages", []):
            yield json.loads(message["Body"])
            self.sqs.delete_message(QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"])
