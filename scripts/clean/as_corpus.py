#!/usr/bin/env python3
"""Labelled pages (scripts/eval/page_lines.py) cleaned as one corpus, so that repeated lines are counted.

usage: as_corpus.py page_lines.json DIPTYCH

Prints how many lines are taken out of the pages that the command takes for English or French, by label: furniture and
body, inside the body and outside it.
"""
import json
import pathlib
import subprocess
import sys
import tempfile
from collections import Counter

pages = json.load(open(sys.argv[1], encoding="utf8"))
count = Counter()
with tempfile.TemporaryDirectory() as folder:
    corpus = pathlib.Path(folder) / "pages.jsonl"
    texts = ["\n".join(line["t"] for line in page["lines"]) for page in pages]
    records = (
        json.dumps({"id": str(i), "text": text, "url": page["url"]}) for i, (page, text) in enumerate(zip(pages, texts))
    )
    corpus.write_text("\n".join(records) + "\n", encoding="utf8")
    run = subprocess.run([sys.argv[2], "clean", str(corpus)], capture_output=True, text=True)
for record in map(json.loads, run.stdout.splitlines()):
    if record["lang"] not in ("en", "fr"):
        continue
    at = 0
    for line in pages[int(record["id"])]["lines"]:
        size = len(line["t"])
        dropped = (a["raw"] for a in record["artefacts"] if a["action"] == "drop")
        out = sum(max(0, min(at + size, end) - max(at, start)) for start, end in dropped)
        if line["y"] is not None and size:
            count[line["y"], "in" if line["reg"] == "in" else "out", 2 * out >= size] += 1
        at += size + 1
for label, name in ((0, "furniture"), (1, "body")):
    for place in ("in", "out"):
        taken, left = count[label, place, True], count[label, place, False]
        if taken + left:
            print(f"as a corpus: {taken} of {taken + left} lines of {name} {place}side the body taken out")
