#!/bin/sh
# What the line model and the counting of repeated lines bring, each turned off in the configuration
# (`clean.line_threshold = 1`, `clean.repeated_lines = false`).
#
# usage: ablation.sh DIPTYCH [page_lines.json]
#
# Prints, for the furniture sets and the gold articles in tests/gold, and the labelled pages where they are given,
# the figures of scripts/eval/furniture.py, `diptych eval` (blocks by place, body lost) and scripts/eval/page_lines.py
# (one document at a time, on standard input: lines are not counted there). For the repeated lines the pages are
# written into one folder as a corpus, and the lines that more are taken out of it are counted.
set -eu
diptych=$(realpath "$1")
pages=${2:-}
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

printf '' >"$work/whole.toml"
printf '[clean]\nline_threshold = 1.0\n' >"$work/no line model.toml"
printf '[clean]\nrepeated_lines = false\n' >"$work/no repeated lines.toml"
for config in "$work"/*.toml; do
    name=$(basename "$config" .toml)
    echo "== $name"
    printf '#!/bin/sh\nexec "%s" "$@" --config "%s"\n' "$diptych" "$config" >"$work/command"
    chmod +x "$work/command"
    python3 "$root/scripts/eval/furniture.py" "$root"/tests/gold/furniture/*.tsv --diptych "$work/command" | grep blocks
    for set in newsroom gazette; do
        "$work/command" run "$root/tests/gold/$set/texts" --no-translate -q -o "$work/out"
        "$diptych" eval "$root/tests/gold/$set" "$work/out" |
            python3 -c 'import json, sys; d = json.load(sys.stdin); print(sys.argv[1], "blocks by place", d["blocks"]["any"][:3], "body lost", d["body_lost"])' "$set"
        rm -r "$work/out"
    done
    [ -n "$pages" ] || continue
    python3 "$root/scripts/eval/page_lines.py" "$pages" --diptych "$work/command" | grep pages
    python3 "$root/scripts/clean/as_corpus.py" "$pages" "$work/command"
done
