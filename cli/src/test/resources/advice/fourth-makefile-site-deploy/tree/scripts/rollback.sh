#!/usr/bin/env bash
set -euo pipefail
. "$(dirname "$0")/vars.sh"

to="$1"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

aws s3 cp "s3://${RELEASES_BUCKET}/${to}/api.zip" "$tmp/api.zip"
aws lambda update-function-code --function-name "$API_FUNCTION" --zip-file "fileb://$tmp/api.zip"
aws ssm put-parameter --name "$VERSION_PARAM" --value "$to" --type String --overwrite
