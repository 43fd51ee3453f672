import hashlib
import json
import os

import boto3
from flask import Flask, request

app = Flask(__name__)
s3 = boto3.client("s3")
sns = boto3.client("sns")


@app.post("/uploaded")
def uploaded():
    for record in request.get_json()["Records"]:
        bucket = record["s3"]["bucket"]["name"]
        key = record["s3"]["object"]["key"]
        content = s3.get_object(Bucket=bucket, Key=key)["Body"].read()
        digest = hashlib.sha256(content).hexdigest()
        sns.publish(
            TopicArn=os.environ["TOPIC_ARN"],
            Message=json.dumps({"bucket": bucket, "key": key, "sha256": digest}),
        )
    return "", 204
