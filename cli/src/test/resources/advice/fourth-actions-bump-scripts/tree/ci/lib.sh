# shellcheck shell=bash
BRANCH_PREFIX="bot/bump"

setup_git() {
  git config user.name "acme-release-bot"
  git config user.email "release-bot@users.noreply.github.com"
}

changed() {
  ! git diff --quiet -- package.json package-lock.json
}

retry() {
  local tries=$1 n=1
  shift
  until "$@"; do
    ((n++ >= tries)) && return 1
    sleep $((n * 10))
  done
}
