#!/usr/bin/env bash
set -euo pipefail

python3 -m mkdocs build --strict --config-file "$1/mkdocs.yml" --site-dir "$(realpath "$2")/html"
