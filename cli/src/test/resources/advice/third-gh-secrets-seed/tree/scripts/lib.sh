# shellcheck shell=bash
need() {
  command -v "$1" >/dev/null || { echo "missing: $1" >&2; exit 1; }
}

say() {
  printf '\033[1m%s\033[0m\n' "$*"
}
