import boto3

BUCKET = "acme-data"
s3 = boto3.client("s3")
table = boto3.resource("dynamodb").Table("orders")
sqs = boto3.client("sqs")

s3.upload_file("report.csv", BUCKET, "report.csv")
for entry in s3.list_objects_v2(Bucket=BUCKET)["Contents"]:
    s3.get_object(Bucket=BUCKET, Key=entry["Key"])
table.put_item(Item={"id": "1"})
sqs.send_message(QueueUrl="https://sqs.eu-west-1.amazonaws.com/123456789012/jobs", MessageBody="done")
