#!/usr/bin/env bash
set -euo pipefail
cd "$(dirname "$0")/.."
. deploy/env.sh

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cp -r app/. "$work"
cd "$work"
git init -q -b main
git add .
git -c user.name="$HF_USER" -c user.email=bot@brightlab.example commit -qm "Deploy"
git push --force "https://${HF_USER}:${HF_TOKEN}@huggingface.co/spaces/brightlab/bird-demo" main
