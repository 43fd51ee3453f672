#!/bin/sh
set -eu
cd "$(dirname "$0")"
export AWS_SHARED_CREDENTIALS_FILE="$PWD/.aws/credentials"
export AWS_REGION=eu-west-3
exec go run ./cmd/order-export "$@"
