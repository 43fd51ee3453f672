#!/usr/bin/env bash
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=scripts/settings.sh
. "$here/settings.sh"

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }

assets() {
  aws s3 sync "$DIST/" "s3://${SITE_BUCKET}/" \
    --delete \
    --exclude "*.html" \
    --cache-control "public,max-age=31536000,immutable"
}

pages() {
  local page
  while IFS= read -r -d '' page; do
    aws s3 cp "$page" "s3://$SITE_BUCKET/${page#"$DIST"/}" --cache-control no-cache
  done < <(find "$DIST" -name '*.html' -print0)
}

fresh() {
  aws cloudfront create-invalidation --distribution-id "$DISTRIBUTION" --paths '/*' >/dev/null
}

say "assets"; assets
say "pages"; pages
say "cache"; fresh
# aws s3api put-bucket-website --bucket "$SITE_BUCKET" --website-configuration file://website.json
