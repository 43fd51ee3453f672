import json

import boto3

sqs = boto3.client(
    "sqs",
    region_name="eu-west-1",
    aws_access_key_id="@@aws-id@@",
    aws_secret_access_key="@@aws@@",
)
JOBS = "https://sqs.eu-west-1.amazonaws.com/111122223333/thumbnail-jobs"
DONE = "https://sqs.eu-west-1.amazonaws.com/111122223333/thumbnail-done"


def work(job: dict) -> dict:
    return {"id": job["id"], "state": "done"}


while True:
    answer = sqs.receive_message(QueueUrl=JOBS, MaxNumberOfMessages=10, WaitTimeSeconds=20)
    for message in answer.get("Messages", []):
        result = work(json.loads(message["Body"]))
        sqs.send_message(QueueUrl=DONE, MessageBody=json.dumps(result))
        sqs.delete_message(QueueUrl=JOBS, ReceiptHandle=message["ReceiptHandle"])
