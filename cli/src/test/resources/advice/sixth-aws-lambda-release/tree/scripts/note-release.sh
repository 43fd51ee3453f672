#!/usr/bin/env bash
set -euo pipefail

version=${1:?usage: note-release.sh VERSION}

aws ssm put-parameter --name /invoice/release --type String --value "$version" --overwrite
