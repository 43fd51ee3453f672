import boto3

MODEL = "anthropic.claude-3-haiku-20240307-v1:0"

bedrock = boto3.client(
    service_name="bedrock-runtime",
    region_name="us-east-1",
    aws_access_key_id="@@aws-id@@",
    aws_secret_access_key="@@aws@@",
)


def ask(text: str) -> str:
    answer = bedrock.converse(
        modelId=MODEL,
        messages=[{"role": "user", "content": [{"text": text}]}],
    )
    return answer["output"]["message"]["content"][0]["text"]


def stream(text: str):
    answer = bedrock.converse_stream(
        modelId=MODEL,
        messages=[{"role": "user", "content": [{"text": text}]}],
    )
    for event in answer["stream"]:
        if "contentBlockDelta" in event:
            yield event["contentBlockDelta"]["delta"]["text"]
