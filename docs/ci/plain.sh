#!/bin/sh
# For any other CI service: what the commits bring that HEAD has and the base branch has not. The settings are those of
# the base branch. Ends with Stanch's exit code: 0 clean, 1 findings, 3 not everything could be read.
#   plain.sh [BASE]      the branch that the change goes to (default: main)
#   STANCH_FORK=true     the change comes from somebody who may not write: what it says may stand does not count
set -eu
base=${1:-main}
git fetch --quiet origin "+refs/heads/$base:refs/remotes/origin/$base"
if [ "$(git rev-parse --is-shallow-repository)" = true ]; then git fetch --quiet --unshallow origin; fi
set -- --range "origin/$base..HEAD" --base "origin/$base"
if [ "${STANCH_FORK:-false}" = true ]; then set -- "$@" --from-fork; fi
exec stanch scan git --quiet "$@"
