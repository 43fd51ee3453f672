#!/bin/sh
set -a
. secrets/llm.env
set +a
ollama serve &
python drafts.py
