import boto3

TRACES = "acme-traces"


def fetch(day: str) -> str:
    path = f"/tmp/{day}.jsonl"
    boto3.client("s3").download_file(TRACES, f"{day}.jsonl", path)
    return path
