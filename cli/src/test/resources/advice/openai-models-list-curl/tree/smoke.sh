#!/usr/bin/env bash
set -euo pipefail
OPENAI_API_KEY="@@openai@@"

curl -sf https://api.openai.com/v1/models -H "Authorization: Bearer $OPENAI_API_KEY" \
  | jq -r '.data[].id' | sort

curl -sf https://api.openai.com/v1/chat/completions \
  -H "Authorization: Bearer $OPENAI_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "ping"}]}' \
  | jq -r '.choices[0].message.content'
