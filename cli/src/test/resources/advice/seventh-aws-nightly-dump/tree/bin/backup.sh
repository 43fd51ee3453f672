#!/bin/bash
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
set -a
. "$here/etc/backup.env"
set +a
. "$here/bin/log.sh"

PGPASSWORD=$(aws secretsmanager get-secret-value --secret-id prod/orders-db --query SecretString --output text)
export PGPASSWORD

name="orders-$(date -u +%Y%m%d).dump"
log "dumping $name"
pg_dump --format=custom --host=orders-db.internal --username=backup orders > "$TMPDIR/$name"
aws s3 cp "$TMPDIR/$name" "s3://$BACKUP_BUCKET/daily/$name" --only-show-errors
rm -f "$TMPDIR/$name"
log "done"
