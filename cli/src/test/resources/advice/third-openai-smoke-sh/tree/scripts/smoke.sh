#!/usr/bin/env bash
# Is the assistant's upstream reachable from this network? Run by the NOC after firewall changes.
set -euo pipefail

OPENAI_API_KEY="@@openai@@"
MODEL="gpt-4o-mini"
auth=(-H "Authorization: Bearer ${OPENAI_API_KEY}")

echo "models"
curl -fsS --max-time 10 "${auth[@]}" https://api.openai.com/v1/models | jq -r '.data[].id' | grep -qx "$MODEL"

echo "completion"
curl -fsS --max-time 30 "${auth[@]}" -H "Content-Type: application/json" https://api.openai.com/v1/chat/completions -d "{\"model\":\"$MODEL\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"Say ok\"}]}" | jq -er '.choices[0].message.content'

echo "status page"
curl -fsS --max-time 10 https://status.openai.com/api/v2/status.json | jq -r .status.description
