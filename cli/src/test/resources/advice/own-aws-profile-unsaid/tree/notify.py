import boto3

sns = boto3.client("sns")
sns.publish(TopicArn="arn:aws:sns:eu-west-1:123456789012:alarms", Message="done")
