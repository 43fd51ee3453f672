#!/bin/sh
set -eu
cd "$(dirname "$0")"
. ./deploy.env

echo "$REGISTRY_TOKEN" | docker login registry.gitlab.com -u "$REGISTRY_USER" --password-stdin
docker pull registry.gitlab.com/acme/shop/web:stable
docker compose up --detach --remove-orphans
docker logout registry.gitlab.com
# Images are built and pushed by the pipeline:
# docker push registry.gitlab.com/acme/shop/web:stable
