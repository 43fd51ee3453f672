# shellcheck shell=bash
# What both scripts use.
SITE_BUCKET=acme-site
DISTRIBUTION=E2QWERTYACME
DIST="${DIST:-dist}"
