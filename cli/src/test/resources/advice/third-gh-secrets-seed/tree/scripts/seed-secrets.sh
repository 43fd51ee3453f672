#!/usr/bin/env bash
# Fills Actions secrets and variables of the shop from the ops vault. Run after every rotation.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

export GH_TOKEN=@@github@@
REPO=plumline/storefront

need gh
need pass

gh secret set STRIPE_SECRET --repo "$REPO" --body "$(pass show shop/stripe)"
gh secret set SMTP_PASSWORD --repo "$REPO" --body "$(pass show shop/smtp)"
gh variable set RELEASE_CHANNEL --repo "$REPO" --body stable
gh variable set CDN_HOST --repo "$REPO" --body cdn.plumline.example

say "secrets now:"
gh secret list --repo "$REPO"
