import json

import boto3

from . import settings


def queue():
    return boto3.resource("sqs").Queue(settings.QUEUE_URL)


def next_messages(jobs):
    return jobs.receive_messages(MaxNumberOfMessages=10, WaitTimeSeconds=settings.WAIT_SECONDS)


def key_of(message) -> str:
    return json.loads(message.body)["key"]
