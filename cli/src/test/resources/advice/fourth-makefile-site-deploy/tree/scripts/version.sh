#!/usr/bin/env bash
set -eu
. "$(dirname "$0")/vars.sh"
aws ssm get-parameter --name "$VERSION_PARAM" --query Parameter.Value --output text
