#!/usr/bin/env bash
# Speed and memory of `diptych clean` on one core: scripts/bench/clean.sh [MEGABYTES] [DIPTYCH] [PYTHON]
#
# Makes a corpus (200 MB by default) by varying the articles of tests/corpus and tests/gold, cleans it with one
# worker, to whole records (sentences, quotations, entities) and to text alone (`--text`), and prints megabytes of
# text a second and the peak of memory; of a quarter of the corpus, too, so that one sees whether memory grows, and
# of one article, which is what it takes to start. Beside it, where PYTHON (python3 by default) has them,
# trafilatura's cleaning of a page made of the same text and ftfy's repair of it, on 2 MB, as ratios. With perf
# installed, PROFILE=1 prints where the time of cleaning to text goes.
set -euo pipefail
cd "$(dirname "$0")/../.."
megabytes=${1:-200}
diptych=${2:-target/release/diptych}
python=${3:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 scripts/bench/vary.py "$work/all.jsonl" "$megabytes" tests/corpus tests/gold
head -c "$((megabytes * 250000))" "$work/all.jsonl" | sed '$d' > "$work/quarter.jsonl"

measure() { # FILE ARGUMENT...: seconds and peak kilobytes
    python3 - "$diptych" "$@" <<'PY'
import os, subprocess, sys
diptych, file, *more = sys.argv[1:]
with open(os.devnull, "wb") as sink:
    process = subprocess.Popen([diptych, "clean", file, *more, "--jobs", "1", "--quiet"], stdout=sink)
    _, status, usage = os.wait4(process.pid, 0)
if status:
    sys.exit(f"diptych ended with status {status}")
# Time on the processor: others may be at work on this machine.
print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
PY
}
bytes() { python3 -c 'import json,sys; print(sum(len(json.loads(l)["text"].encode()) for l in open(sys.argv[1], encoding="utf8")))' "$1"; }

head -n 1 "$work/all.jsonl" > "$work/one.jsonl"
for what in whole text; do
    more=()
    [ "$what" = text ] && more=(--text)
    for part in one quarter all; do
        read -r seconds peak < <(measure "$work/$part.jsonl" "${more[@]}")
        size=$(bytes "$work/$part.jsonl")
        awk -v w="$what" -v n="$part" -v b="$size" -v s="$seconds" -v p="$peak" 'BEGIN {
            printf "diptych clean, %s, %s: %.1f MB, %.2f s of one core, %.2f MB/s, peak %.0f MB\n", w, n, b/1e6, s, b/1e6/s, p/1e3
        }'
    done
    awk -v b="$size" -v s="$seconds" 'BEGIN { print b/1e6/s }' > "$work/rate.$what"
done

"$python" - "$work/all.jsonl" "$(cat "$work/rate.whole")" "$(cat "$work/rate.text")" <<'PY'
import html, json, sys, time

def sample(limit=2_000_000):
    size = 0
    for line in open(sys.argv[1], encoding="utf8"):
        text = json.loads(line)["text"]
        size += len(text.encode())
        yield text
        if size > limit:
            return

texts = list(sample())
megabytes = sum(len(t.encode()) for t in texts) / 1e6

def compare(name, work):
    start = time.process_time()
    for text in texts:
        work(text)
    rate = megabytes / (time.process_time() - start)
    whole, text = (float(r) / rate for r in sys.argv[2:])
    print(f"{name}: {rate:.2f} MB/s; diptych is {whole:.1f} times as fast with whole records, {text:.1f} with text")

try:
    import ftfy
    compare(f"ftfy {ftfy.__version__} fix_text", ftfy.fix_text)
except ImportError:
    print("ftfy is not installed")
try:
    import trafilatura
    page = lambda t: "<html><body><article>" + "".join(f"<p>{html.escape(p)}</p>" for p in t.split("\n\n")) + "</article></body></html>"
    pages = {t: page(t) for t in texts}
    compare(f"trafilatura {trafilatura.__version__} extract", lambda t: trafilatura.extract(pages[t]))
except ImportError:
    print("trafilatura is not installed")
PY

if [ "${PROFILE:-}" ] && command -v perf >/dev/null; then
    perf record -q -o "$work/perf" "$diptych" clean --text "$work/quarter.jsonl" --jobs 1 --quiet > /dev/null
    perf report -i "$work/perf" --stdio --percent-limit 1 2>/dev/null | grep -v '^#' | grep -v '^$'
fi
