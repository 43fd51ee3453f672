#!/bin/bash
export GH_TOKEN=@@github@@

timeout 60 nice -n 5 gh release create "$1" dist/tool.tar.gz --repo initech/tool
cut -f1 stale.txt | xargs -n 1 gh issue close --repo initech/tool
