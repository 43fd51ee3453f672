import os

import boto3

RAW = "acme-lake-raw"
TABLES = "acme-lake-tables"


def session() -> boto3.session.Session:
    return boto3.session.Session(
        aws_access_key_id=os.environ["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=os.environ["AWS_SECRET_ACCESS_KEY"],
        region_name="eu-west-1",
    )


def s3():
    return session().client("s3")


def sns():
    return session().client("sns")
