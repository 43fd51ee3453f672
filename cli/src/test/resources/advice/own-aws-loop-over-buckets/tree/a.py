import boto3

BUCKETS = ["acme-a", "acme-b"]
s3 = boto3.client("s3")
for name in BUCKETS:
    for o in s3.list_objects_v2(Bucket=name).get("Contents", []):
        print(o["Key"])
