#!/usr/bin/env bash
set -euo pipefail
cd "$(dirname "$0")/.."
. deploy/env.sh

mkdir -p "$MODEL_DIR"
hf download brightlab/bird-encoder --local-dir "$MODEL_DIR" --token "$HF_TOKEN"
sha256sum "$MODEL_DIR"/*.safetensors
