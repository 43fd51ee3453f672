import boto3

sqs = boto3.client("sqs")

def send(queue, body):
    url = sqs.get_queue_url(QueueName=queue)["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody=body)
