#!/usr/bin/env bash
set -euo pipefail
cd "$(git rev-parse --show-toplevel)"
# shellcheck source=ci/lib.sh
source ci/lib.sh

base="${1:-main}"
branch="$BRANCH_PREFIX-$(date +%G-W%V)"

setup_git
git switch -c "$branch" "origin/$base"

npx --yes npm-check-updates --target minor --upgrade
npm install --package-lock-only --ignore-scripts

if ! changed; then
  echo "nothing to do"
  exit 0
fi

git commit -am "chore: weekly bump"
retry 3 git push --force-with-lease origin "$branch"

gh pr create \
  --base "$base" \
  --head "$branch" \
  --title "Weekly bump $(date +%G-W%V)" \
  --body-file ci/pr-body.md
