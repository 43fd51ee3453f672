#!/bin/sh
set -eu

target=${1:?usage: fetch-weights FOLDER}
revision=v3.1

mkdir -p "$target"
hf download riverbank/ocr-weights --revision "$revision" --include '*.safetensors' --include '*.json' --local-dir "$target"
rm -rf "$target/.cache"
du -sh "$target"
