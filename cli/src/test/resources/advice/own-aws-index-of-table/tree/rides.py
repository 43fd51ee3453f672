import boto3
from boto3.dynamodb.conditions import Key

rides = boto3.resource("dynamodb").Table("rides")


def ride(number):
    return rides.get_item(Key={"number": number})["Item"]


def of_driver(driver):
    found = rides.query(IndexName="by-driver", KeyConditionExpression=Key("driver").eq(driver))
    return found["Items"]
