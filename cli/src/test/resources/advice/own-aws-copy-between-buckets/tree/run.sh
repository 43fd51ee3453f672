#!/bin/sh
export AWS_ACCESS_KEY_ID=@@aws-id@@
export AWS_SECRET_ACCESS_KEY=@@aws@@
aws s3 cp --recursive s3://acme-raw/day s3://acme-kept/day
