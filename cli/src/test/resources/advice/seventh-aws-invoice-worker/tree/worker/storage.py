import boto3

from . import settings


class InvoiceStore:
    def __init__(self, s3=None, table=None):
        self.s3 = s3 or boto3.client("s3")
        self.table = table or boto3.resource("dynamodb").Table(settings.TABLE)

    def read(self, key: str) -> bytes:
        answer = self.s3.get_object(Bucket=settings.BUCKET, Key=key)
        return answer["Body"].read()

    def save(self, number: str, total: int, key: str) -> None:
        self.table.put_item(Item={"number": number, "total": total, "source": key})
