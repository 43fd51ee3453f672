#!/usr/bin/env bash
set -euo pipefail
GITLAB_TOKEN="@@gitlab@@"
since=$(date -d '-14 days' +%FT%TZ)

curl -sf --header "PRIVATE-TOKEN: $GITLAB_TOKEN" "https://gitlab.com/api/v4/projects/acme%2Fapp/merge_requests?state=opened&updated_before=$since" | jq -r '.[].web_url'
