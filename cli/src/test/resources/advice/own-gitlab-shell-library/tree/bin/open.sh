#!/bin/bash
. "$(dirname "$0")/lib.sh"
get "projects/42/merge_requests?state=opened" | jq -r '.[].title'
