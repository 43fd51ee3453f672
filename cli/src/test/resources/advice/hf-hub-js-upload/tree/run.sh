#!/bin/sh
set -e
export HF_ACCESS_TOKEN=@@huggingface@@
npm run build
node upload.mjs
