#!/usr/bin/env python3
"""Artefacts against body on web pages whose lines a person labelled, from the text alone.

usage: page_lines.py page_lines.json [--diptych PATH] [--input body|article|page] [--errors]

The file holds pages {"id", "url", "lines": [{"t", "y", "reg", "ty"}]}: `y` 1 for body, 0 for an artefact, null where
that is unclear; `reg` tells a line inside the body (`in`) from one near it or far. Each page is one document, its
lines joined by line ends. What is read of it: `body`, the lines inside the body; `article`, those near it too, as
extractors leave them; `page`, all.

Counted are the lines inside the body of pages that the command itself takes for English or French. A line is found
to be an artefact where artefacts that are dropped or captions cover at least half of its characters; a heading is
body. Prints, for each way of reading: precision, recall and F1 of artefacts; the share of body lines and of their
characters lost; and with --errors each line that is wrong.
"""
import argparse
import json
import subprocess
from collections import Counter

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("pages")
parser.add_argument("--diptych", default="diptych", help="the command to measure")
parser.add_argument("--input", choices=["body", "article", "page"], help="only this way of reading")
parser.add_argument("--errors", action="store_true", help="print each line that is wrong")
options = parser.parse_args()

REGIONS = {"body": {"in"}, "article": {"in", "near"}, "page": {"in", "near", "far"}}


def texts(pages, regions):
    """Each page's text and the code points at which its lines begin."""
    for page in pages:
        lines = [line for line in page["lines"] if line["reg"] in regions]
        starts, at = [], 0
        for line in lines:
            starts.append(at)
            at += len(line["t"]) + 1
        yield lines, starts, "\n".join(line["t"] for line in lines)


def records(documents):
    """What `diptych clean` makes of texts, by their number; a text of which nothing is left has no record."""
    source = "".join(json.dumps({"id": str(i), "text": text}) + "\n" for i, text in enumerate(documents))
    run = subprocess.run([options.diptych, "clean", "-"], input=source, capture_output=True, text=True)
    if run.returncode > 1:
        raise SystemExit(run.stderr)
    return {int(record["id"]): record for record in map(json.loads, run.stdout.splitlines())}


def covered(record, start, end):
    """How many characters of a stretch are out of the body, and the rule of the first artefact there."""
    count, rule = 0, None
    for artefact in record["artefacts"]:
        if artefact["action"] == "drop" or artefact["kind"] == "caption":
            share = min(end, artefact["raw"][1]) - max(start, artefact["raw"][0])
            if share > 0:
                count += share
                rule = rule or artefact["rule"]
    return count, rule


def measure(pages, way):
    documents = list(texts(pages, REGIONS[way]))
    found = records([text for _, _, text in documents])
    count, types, wrong = Counter(), Counter(), []
    for number, (lines, starts, _) in enumerate(documents):
        record = found.get(number)
        if record is None or record["lang"] not in ("en", "fr"):
            continue
        count["pages"] += 1
        for line, start in zip(lines, starts):
            if line["reg"] != "in" or line["y"] is None:
                continue
            size = len(line["t"])
            out, rule = covered(record, start, start + size)
            artefact, found_artefact = line["y"] == 0, 2 * out >= size
            count[artefact, found_artefact] += 1
            count["characters", artefact, found_artefact] += size
            if artefact:
                types[line["ty"], found_artefact] += 1
            if artefact != found_artefact:
                wrong.append(("missed" if artefact else "lost", line["ty"] or "", rule or "", line["t"]))
    hit, missed, lost, kept = (count[key] for key in [(True, True), (True, False), (False, True), (False, False)])
    characters = count["characters", False, True]
    print(
        f"{way}: {count['pages']} pages, {hit + missed} artefacts, {lost + kept} body lines: "
        f"P {hit / max(1, hit + lost):.3f} R {hit / max(1, hit + missed):.3f} "
        f"F1 {2 * hit / max(1, 2 * hit + missed + lost):.3f}, body lines lost {100 * lost / max(1, lost + kept):.2f} %, "
        f"of their characters {100 * characters / max(1, characters + count['characters', False, False]):.2f} %"
    )
    names = sorted({name for name, _ in types})
    print("  found by type: " + ", ".join(f"{n} {types[n, True]}/{types[n, True] + types[n, False]}" for n in names))
    if options.errors:
        for line in sorted(wrong):
            print("  " + " | ".join(line))


pages = json.load(open(options.pages, encoding="utf8"))
for way in [options.input] if options.input else REGIONS:
    measure(pages, way)
