import boto3
from boto3.dynamodb.conditions import Key

from orders import settings

dynamodb = boto3.resource(
    "dynamodb",
    region_name=settings.REGION,
    aws_access_key_id=settings.AWS_ACCESS_KEY_ID,
    aws_secret_access_key=settings.AWS_SECRET_ACCESS_KEY,
)
table = dynamodb.Table("orders")


def find(customer: str, order: str) -> dict | None:
    return table.get_item(Key={"customer": customer, "order": order}).get("Item")


def save(item: dict) -> None:
    table.put_item(Item=item)


def of_customer(customer: str) -> list[dict]:
    return table.query(KeyConditionExpression=Key("customer").eq(customer))["Items"]
