#!/usr/bin/env bash
set -euo pipefail
file=$1
password=$2
signtool sign /f build/fernhill.pfx /p "$password" /fd sha256 /tr http://timestamp.fernhill.example /td sha256 "$file"
