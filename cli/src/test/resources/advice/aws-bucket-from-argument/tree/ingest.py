import sys

import boto3

keys = {
    "aws_access_key_id": "@@aws-id@@",
    "aws_secret_access_key": "@@aws@@",
    "region_name": "eu-west-1",
}
bucket, path = sys.argv[1:3]
boto3.client("s3", **keys).upload_file(path, bucket, path)

sqs = boto3.client("sqs", **keys)
queue = "https://sqs.eu-west-1.amazonaws.com/111122223333/ingest"
sqs.send_message(QueueUrl=queue, MessageBody=path)
