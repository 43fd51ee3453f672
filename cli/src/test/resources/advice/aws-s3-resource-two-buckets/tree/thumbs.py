import io

import boto3
from PIL import Image

session = boto3.Session(
    aws_access_key_id="@@aws-id@@",
    aws_secret_access_key="@@aws@@",
    region_name="us-east-1",
)
s3 = session.resource("s3")
inbox = s3.Bucket("acme-inbox")
thumbs = s3.Bucket("acme-thumbnails")

for summary in inbox.objects.filter(Prefix="photos/"):
    body = summary.get()["Body"].read()
    image = Image.open(io.BytesIO(body))
    image.thumbnail((320, 320))
    out = io.BytesIO()
    image.save(out, "JPEG")
    thumbs.put_object(Key=summary.key, Body=out.getvalue(), ContentType="image/jpeg")
