import boto3
s3 = boto3.client("s3")
s3.get_object(Bucket="acme-x", Key="k")
s3.put_bucket_intelligent_tiering_configuration(Bucket="acme-x", Id="a")
