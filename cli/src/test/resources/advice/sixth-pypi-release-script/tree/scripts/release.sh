#!/usr/bin/env bash
set -euo pipefail
cd "$(dirname "$0")/.."

if [[ -n $(git status --porcelain) ]]; then
  echo "there are uncommitted changes" >&2
  exit 1
fi

python -m pytest -q
rm -rf dist
python -m build
python -m twine check --strict dist/*
python -m twine upload --config-file .pypirc dist/*

version=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
git tag -s "v$version" -m "v$version"
git push origin "v$version"
docker build -t kestrel/units-docs:"$version" docs
docker push kestrel/units-docs:"$version"
