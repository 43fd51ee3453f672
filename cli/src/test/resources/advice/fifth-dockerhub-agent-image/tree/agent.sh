#!/bin/sh
set -eu
while :; do
  uptime | awk '{print "load", $(NF-2)}'
  sleep "${INTERVAL:-60}"
done
