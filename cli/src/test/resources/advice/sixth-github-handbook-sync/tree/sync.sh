#!/usr/bin/env bash
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
source "$here/sync.conf"
source "$here/lib/log.sh"

rm -rf "$WORK_DIR"
mkdir -p "$WORK_DIR"
cd "$WORK_DIR"

git clone --quiet --depth 1 "https://oauth2:${GH_PAT}@github.com/opal-coop/handbook.git" source
git clone --quiet --depth 1 "https://oauth2:${GH_PAT}@github.com/opal-coop/handbook-site.git" site

"$here/build.sh" source site

cd site
if [[ -z $(git status --porcelain) ]]; then
  log "nothing new"
  exit 0
fi
git add --all
git -c user.name=opal-sync -c user.email=sync@opal.example commit --quiet -m "Handbook of $(date -u +%F)"
git push --quiet origin main
log "pushed $(git rev-parse --short HEAD)"
