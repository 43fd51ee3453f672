#!/usr/bin/env bash
set -euo pipefail
# shellcheck source=scripts/vars.sh
. "$(dirname "$0")/vars.sh"

dist="$1"
version="$2"

say "site"
aws s3 sync "$dist" "s3://${SITE_BUCKET}/" --delete --cache-control 'public,max-age=300'

say "api"
again aws lambda update-function-code \
  --function-name "$API_FUNCTION" \
  --zip-file fileb://api.zip >/dev/null

# CDN purge is a rule of the distribution now
# aws cloudfront create-invalidation --distribution-id "$DIST_ID" --paths '/*'

say "note version $version"
aws ssm put-parameter --name "$VERSION_PARAM" --value "$version" --type String --overwrite

say "sentry release"
dsn=$(aws secretsmanager get-secret-value --secret-id acme/site/sentry \
  --query SecretString --output text)
curl -fsS -X POST "$dsn/releases/" -H 'Content-Type: application/json' \
  -d "{\"version\":\"$version\"}" || say "sentry does not answer, never mind"
