export AWS_ACCESS_KEY_ID=@@aws-id@@
export AWS_SECRET_ACCESS_KEY=@@aws@@
export AWS_DEFAULT_REGION=eu-west-1
