#!/bin/sh
# Links each file of dist/ to the release.
set -eu
for file in dist/*; do
  name="$(basename "$file")"
  curl --fail --silent --show-error \
    --request POST \
    --header "PRIVATE-TOKEN: ${GITLAB_TOKEN}" \
    --data "name=$name" \
    --data-urlencode "url=$CI_PROJECT_URL/-/jobs/artifacts/$CI_COMMIT_TAG/raw/$file?job=build" \
    "$CI_API_V4_URL/projects/$CI_PROJECT_ID/releases/$CI_COMMIT_TAG/assets/links"
done
