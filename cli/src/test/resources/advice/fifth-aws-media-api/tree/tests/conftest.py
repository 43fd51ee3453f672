import os

import boto3
import pytest
from moto import mock_aws

os.environ.update(
    AWS_ACCESS_KEY_ID="testing",
    AWS_SECRET_ACCESS_KEY="testing",
)


@pytest.fixture
def cloud():
    with mock_aws():
        s3 = boto3.client("s3", region_name="eu-west-1")
        s3.create_bucket(Bucket="test-uploads", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
        boto3.client("sqs", region_name="eu-west-1").create_queue(QueueName="media-jobs")
        yield s3
