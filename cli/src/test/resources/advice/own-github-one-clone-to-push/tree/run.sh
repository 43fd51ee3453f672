#!/bin/sh
set -e
git clone -q --single-branch https://x-access-token:@@github@@@github.com/acme/site.git site
cd site
git commit -qam "Update"
git push -q -u origin main
