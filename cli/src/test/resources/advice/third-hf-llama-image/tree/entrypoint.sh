#!/bin/sh
set -eu
exec python3 -m vllm.entrypoints.openai.api_server \
  --model /models/llama-3.1-8b \
  --served-model-name assistant \
  --max-model-len "${MAX_MODEL_LEN:-8192}" \
  --port 8000
