#!/bin/sh
export GH_TOKEN=@@github@@
pip install "git+https://x:${GH_TOKEN}@github.com/acme/lib@0f3c9d2#egg=lib"
git push git@github.com:acme/app.git HEAD
