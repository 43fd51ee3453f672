#!/usr/bin/env bash
# usage: bump.sh SERVICE TAG
set -euo pipefail
service=$1
tag=$2

set -a
source ci/settings.env
set +a

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

git clone --quiet --depth 1 --branch "$MANIFESTS_BRANCH" \
  "https://x-access-token:${MANIFESTS_TOKEN}@github.com/${MANIFESTS_REPO}.git" "$work"
cd "$work"
sed -i "s|\(image: .*/$service:\).*|\1$tag|" "services/$service/deployment.yaml"
if git diff --quiet; then
  echo "$service is already at $tag"
  exit 0
fi
git -c user.name=ci -c user.email=ci@northgrid.example commit -qam "$service $tag"
git push origin "HEAD:$MANIFESTS_BRANCH"
