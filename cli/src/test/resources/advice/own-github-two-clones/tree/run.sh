#!/bin/sh
set -e
TOKEN="@@github@@"
git clone https://x-access-token:${TOKEN}@github.com/acme/app.git
git clone https://x-access-token:${TOKEN}@github.com/acme/site.git
cd "$1"
git push
