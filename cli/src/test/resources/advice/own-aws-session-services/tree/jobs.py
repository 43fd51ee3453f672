import boto3
import settings
session = boto3.Session(
    aws_access_key_id=settings.AWS_ACCESS_KEY_ID,
    aws_secret_access_key=settings.AWS_SECRET_ACCESS_KEY,
)
def main():
    sm = session.client("secretsmanager")
    sm.get_secret_value(SecretId="prod/db")
    session.client("ssm").get_parameter(Name="/app/url", WithDecryption=True)
    session.client("lambda").invoke(FunctionName="resize", Payload=b"{}")
    session.client("sns").publish(TopicArn=settings.TOPIC, Message="x")
    bedrock = session.client("bedrock-runtime")
    bedrock.invoke_model(modelId="anthropic.claude-3-haiku-20240307-v1:0", body="{}")
