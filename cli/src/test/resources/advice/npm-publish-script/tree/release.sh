#!/bin/sh
set -e
npm version "$1"
npm test
npm publish
git push --follow-tags
