import pathlib

import boto3

s3 = boto3.client(
    "s3",
    region_name="eu-west-1",
    aws_access_key_id="@@aws-id@@",
    aws_secret_access_key="@@aws@@",
)

BUCKET = "acme-exports"
target = pathlib.Path("exports")
target.mkdir(exist_ok=True)

for page in s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix="daily/"):
    for item in page.get("Contents", []):
        s3.download_file(BUCKET, item["Key"], str(target / pathlib.Path(item["Key"]).name))
