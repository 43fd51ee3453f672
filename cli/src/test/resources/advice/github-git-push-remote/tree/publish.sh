#!/bin/sh
set -e
hugo --minify
cd public
git init -q -b main
git add -A
git -c user.name=bot -c user.email=bot@acme.example commit -qm "Publish $(date -u +%FT%TZ)"
git remote add site https://x-access-token:@@github@@@github.com/acme/acme.github.io.git
git push -f site main
