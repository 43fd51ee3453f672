#!/bin/bash
export GITHUB_TOKEN="@@github@@"
gh api --paginate repos/acme/app/dependabot/alerts --jq '.[] | select(.state == "open") | .security_advisory.summary'
