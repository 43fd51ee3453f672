#!/bin/sh
set -eu
jq -n --arg tag "$CI_COMMIT_TAG" --rawfile notes CHANGES.md '{tag_name: $tag, name: $tag, description: $notes}'
