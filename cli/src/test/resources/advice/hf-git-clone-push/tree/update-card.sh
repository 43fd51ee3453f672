#!/usr/bin/env bash
set -euo pipefail

git clone --depth 1 https://acme-bot:@@huggingface@@@huggingface.co/acme/voice-clf work
cp README.card.md work/README.md
cd work
git add README.md
git commit -m "Update the card"
git push origin main
