#!/usr/bin/env bash
set -euo pipefail
run="$1"
gh issue create \
  --title "Weekly bump failed" \
  --body "See ${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${run}"
