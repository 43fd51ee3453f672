#!/bin/sh
set -e
GITLAB_PUSH_TOKEN=@@gitlab@@
version=$(cat VERSION)
git tag -a "v$version" -m "Release $version"
git push "https://oauth2:$GITLAB_PUSH_TOKEN@gitlab.com/acme/app.git" "v$version"
