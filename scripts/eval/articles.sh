#!/usr/bin/env bash
# Scores the program on the gold sets of articles: scripts/eval/articles.sh [DIPTYCH]
# Prints one JSON object a set, as `diptych eval` gives it; run from anywhere.
set -euo pipefail
cd "$(dirname "$0")/../.."
diptych=${1:-target/release/diptych}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
for set in newsroom gazette dispatches bulletin annals chronicle courier embassy consulate frontier evening observer lantern; do
    "$diptych" run "tests/gold/$set/texts" -o "$out/$set" --quiet
    printf '%s ' "$set"
    "$diptych" eval "tests/gold/$set" "$out/$set" | cat
done
