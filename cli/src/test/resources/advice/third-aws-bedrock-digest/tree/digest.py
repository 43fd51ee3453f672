"""Mails the morning digest of the incident channel."""
import datetime
import json
import pathlib
import smtplib
from email.message import EmailMessage

import boto3

REGION = "eu-central-1"
MODEL_ID = "anthropic.claude-3-haiku-20240307-v1:0"


def aws(service):
    return boto3.client(
        service,
        region_name=REGION,
        aws_access_key_id="@@aws-id@@",
        aws_secret_access_key="@@aws@@",
    )


def incidents(day):
    path = pathlib.Path("/srv/incidents") / f"{day:%Y-%m-%d}.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def summarize(items):
    bedrock = aws("bedrock-runtime")
    text = "\n".join(f"{i['time']} {i['service']}: {i['title']}" for i in items)
    answer = bedrock.converse(
        modelId=MODEL_ID,
        system=[{"text": "Summarise the incidents of one day for managers, five lines at most."}],
        messages=[{"role": "user", "content": [{"text": text}]}],
        inferenceConfig={"maxTokens": 400},
    )
    return answer["output"]["message"]["content"][0]["text"]


def recipients():
    ssm = aws("ssm")
    return ssm.get_parameter(Name="digest-recipients")["Parameter"]["Value"]


def main():
    day = datetime.date.today() - datetime.timedelta(days=1)
    items = incidents(day)
    if not items:
        return
    message = EmailMessage()
    message["Subject"] = f"Incidents of {day:%d %B}"
    message["From"] = "digest@tarnhill.example"
    message["To"] = recipients()
    message.set_content(summarize(items))
    with smtplib.SMTP("mail.tarnhill.example") as smtp:
        smtp.send_message(message)


if __name__ == "__main__":
    main()
