#!/bin/sh
# What was released as "next" becomes "latest".
set -eu
version=$(node -p "require('./package.json').version")
npm dist-tag add "@acme/cli@$version" latest
npm dist-tag rm @acme/cli next
