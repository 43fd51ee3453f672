#!/usr/bin/env bash
set -euo pipefail
. "$(dirname "$0")/env.sh"

usage() {
  cat <<TEXT
usage: pull-media.sh TARGET
Uploads are not done here; the editors run: aws s3 cp FILE s3://acme-media/inbox/
TEXT
}

[ $# -eq 1 ] || { usage; exit 2; }

aws s3 sync s3://acme-media/published "$1" --no-progress

# what the next clean-up would take away
aws s3 rm s3://acme-media/tmp --recursive --dryrun
