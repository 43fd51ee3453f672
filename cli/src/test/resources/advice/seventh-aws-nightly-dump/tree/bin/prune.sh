#!/bin/bash
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
set -a
. "$here/etc/backup.env"
set +a
. "$here/bin/log.sh"

oldest=$(date -u -d "-$KEEP_DAYS days" +%Y%m%d)
aws s3 ls "s3://$BACKUP_BUCKET/daily/" | awk '{print $4}' | while read -r name; do
  day=${name#orders-}
  day=${day%.dump}
  if [ "$day" -lt "$oldest" ]; then
    log "removing $name"
    aws s3 rm "s3://$BACKUP_BUCKET/daily/$name" --only-show-errors
  fi
done
