#!/usr/bin/env bash
set -euo pipefail
export GH_TOKEN=@@github-fine@@

openssl genpkey -algorithm ed25519 -out key.pem
gh secret set SIGNING_KEY --repo acme/app < key.pem
shred -u key.pem
