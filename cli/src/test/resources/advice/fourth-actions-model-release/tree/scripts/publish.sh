#!/usr/bin/env bash
set -euo pipefail

out="${1:?folder}"
repo="${MODEL_REPO:-acme-nlp/ticket-router}"
tag="${GITHUB_REF_NAME:-dev}"

[ -s "$out/model.safetensors" ] || { echo "no weights in $out" >&2; exit 3; }

for attempt in 1 2 3; do
  if hf upload "$repo" "$out" . \
      --include '*.safetensors' --include '*.json' --include 'tokenizer*' \
      --commit-message "release $tag"; then
    exit 0
  fi
  echo "attempt $attempt failed" >&2
  sleep $((attempt * 20))
done
exit 1
