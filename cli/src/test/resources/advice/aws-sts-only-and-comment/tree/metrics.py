import os

import boto3

ACCESS_KEY = "@@aws-id@@"
SECRET_KEY = "@@aws@@"

cloudwatch = boto3.client(
    "cloudwatch",
    region_name="eu-west-1",
    aws_access_key_id=ACCESS_KEY,
    aws_secret_access_key=SECRET_KEY,
)
archive = boto3.client(
    "s3",
    aws_access_key_id=os.environ["ARCHIVE_KEY_ID"],
    aws_secret_access_key=os.environ["ARCHIVE_SECRET"],
)

value = float(open("/proc/loadavg").read().split()[0])
cloudwatch.put_metric_data(
    Namespace="Acme/Hosts",
    MetricData=[{"MetricName": "Load", "Value": value}],
)
# sns = boto3.client("sns"); sns.publish(TopicArn="arn:aws:sns:eu-west-1:111122223333:load", Message=str(value))
archive.put_object(Bucket="acme-archive", Key="load.csv", Body=str(value).encode())
