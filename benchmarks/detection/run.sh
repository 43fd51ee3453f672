#!/bin/sh
# Sits the exam: run.sh [--blind] [--clean] [FOLDER]
# Writes the corpus to FOLDER (default: a folder of the temporary directory), scans it with the checkout's ./stanch at
# default settings and scores the report. --blind takes the second set of README.md; --clean also fetches some 300 MB of
# public text and counts the alarms in it.
#   SCAN_OPTIONS   more options for the scan, such as "--min-confidence 0.1" for the calibration of weak findings
set -eu
here=$(cd "$(dirname "$0")" && pwd)
clean=
blind=
while :; do
  case ${1:-} in
    --clean) clean=yes ;;
    --blind) blind=--blind ;;
    *) break ;;
  esac
  shift
done
folder=${1:-${TMPDIR:-/tmp}/stanch-exam}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

# The scan ends with 1 when it finds something and with 3 when it skipped something; both are reports to score.
scan() {
  status=0
  "$here/../../stanch" scan dir "$1" --quiet --format jsonl --output "$2" ${SCAN_OPTIONS:-} || status=$?
  case $status in 0 | 1) ;; 3) echo "note: the scan of $1 was incomplete" >&2 ;; *) exit "$status" ;; esac
}

python3 "$here/generate.py" "$folder" $blind
scan "$folder/tree" "$folder/report.jsonl"
if [ -n "$clean" ]; then
  python3 "$here/clean.py" "$folder"
  scan "$folder/clean" "$folder/clean.jsonl"
  set -- --clean "$folder/clean.jsonl" --clean-megabytes "$(cat "$folder/clean.megabytes")"
else
  set --
fi
python3 "$here/score.py" "$folder" "$folder/report.jsonl" "$@" --json "$folder/score.json" --details "$folder/details.json"
