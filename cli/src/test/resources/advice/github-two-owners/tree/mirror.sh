#!/usr/bin/env bash
set -euo pipefail
GITHUB_TOKEN=@@github@@

git clone --mirror "https://oauth2:${GITHUB_TOKEN}@github.com/acme/sdk.git" sdk.git
cd sdk.git
git push --mirror "https://oauth2:${GITHUB_TOKEN}@github.com/partner-labs/sdk-mirror.git"
