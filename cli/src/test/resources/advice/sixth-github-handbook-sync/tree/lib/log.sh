log() {
  logger -t handbook-sync "$*"
  echo "$(date -u +%FT%TZ) $*"
}
