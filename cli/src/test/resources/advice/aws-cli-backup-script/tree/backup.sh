#!/usr/bin/env bash
set -euo pipefail
export AWS_ACCESS_KEY_ID="@@aws-id@@"
export AWS_SECRET_ACCESS_KEY="@@aws@@"

stamp=$(date +%F)
pg_dump --format=custom shop > "/var/tmp/shop-$stamp.dump"
aws s3 cp "/var/tmp/shop-$stamp.dump" s3://acme-dumps/shop/

old=$(date -d '30 days ago' +%F)
aws s3 ls s3://acme-dumps/shop/ | awk '{print $4}' | while read -r name; do
  if [[ "$name" < "shop-$old.dump" ]]; then
    aws s3 rm "s3://acme-dumps/shop/$name"
  fi
done
