AWS_ACCESS_KEY_ID = "@@aws-id@@"
AWS_SECRET_ACCESS_KEY = "@@aws@@"
TOPIC = "arn:aws:sns:us-east-1:123456789012:alerts"
