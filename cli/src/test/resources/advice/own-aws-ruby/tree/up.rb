require "aws-sdk-s3"

client = Aws::S3::Client.new(region: "eu-west-1")
client.put_object(bucket: "acme-rb", key: "a", body: "b")
