#!/bin/bash
set -eu
ANTHROPIC_API_KEY=@@anthropic@@

curl -s https://api.anthropic.com/v1/messages/batches \
  --header "x-api-key: $ANTHROPIC_API_KEY" \
  --header "anthropic-version: 2023-06-01" \
  --header "content-type: application/json" \
  --data @requests.json | jq -r .id >> batches.log
