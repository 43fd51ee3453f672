#!/usr/bin/env bash
# Uploads assets/ beside the source of the Space.
set -euo pipefail

: "${SPACE:?}"
find assets -name '*.tmp' -delete
hf upload "$SPACE" assets assets --repo-type space --commit-message "assets of ${GITHUB_SHA:-local}"
