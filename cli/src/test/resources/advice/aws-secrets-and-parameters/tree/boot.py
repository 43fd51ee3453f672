import json
import os

import boto3

os.environ["AWS_ACCESS_KEY_ID"] = "@@aws-id@@"
os.environ["AWS_SECRET_ACCESS_KEY"] = "@@aws@@"
os.environ["AWS_DEFAULT_REGION"] = "eu-west-1"


def settings() -> dict:
    secret = boto3.client("secretsmanager").get_secret_value(SecretId="prod/billing")
    endpoint = boto3.client("ssm").get_parameter(Name="/billing/endpoint")
    return {**json.loads(secret["SecretString"]), "endpoint": endpoint["Parameter"]["Value"]}
