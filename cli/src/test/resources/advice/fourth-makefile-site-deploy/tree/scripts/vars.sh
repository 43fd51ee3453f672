# shellcheck shell=bash
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck disable=SC1091
. "$here/../deploy.env"

SITE_BUCKET="${SITE_BUCKET:-acme-site-prod}"
RELEASES_BUCKET="acme-site-releases"
API_FUNCTION="acme-site-api"
VERSION_PARAM="/acme/site/version"

say() { printf '\033[1m== %s\033[0m\n' "$*"; }

again() {
  local n
  for n in 1 2 3 4; do
    "$@" && return 0
    sleep $((n * 5))
  done
  return 1
}
