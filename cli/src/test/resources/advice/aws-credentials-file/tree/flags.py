import boto3

client = boto3.client("dynamodb", region_name="eu-west-1")
for item in client.scan(TableName="feature-flags")["Items"]:
    print(item["name"]["S"], item["on"]["BOOL"])
