"""Scratch area on the MinIO of the data team; not AWS."""

import os

import boto3

SCRATCH = "acme-scratch"

minio = boto3.client(
    "s3",
    endpoint_url="http://minio.data.svc:9000",
    aws_access_key_id=os.environ["MINIO_USER"],
    aws_secret_access_key=os.environ["MINIO_PASSWORD"],
)


def keep(name: str, data: bytes) -> None:
    minio.put_object(Bucket=SCRATCH, Key=name, Body=data)
