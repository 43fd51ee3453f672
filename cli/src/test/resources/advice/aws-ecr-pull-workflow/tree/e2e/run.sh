#!/bin/sh
set -e
docker run -d --name api -p 8080:8080 "$1"
sleep 5
curl -fsS http://localhost:8080/healthz
