#!/usr/bin/env python3
"""Artefacts against body on web pages whose lines a person labelled, from the text alone.

usage: page_lines.py page_lines.json [--diptych PATH] [--input body|article|page] [--errors]
       [--folds N --evidence COMMAND [--gold FOLDER]... [--furniture FILE.tsv]...]

The file holds pages {"id", "url", "lines": [{"t", "y", "reg", "ty"}]}: `y` 1 for body, 0 for an artefact, null where
that is unclear; `reg` tells a line inside the body (`in`) from one near it or far. Each page is one document, its
lines joined by line ends. What is read of it: `body`, the lines inside the body; `article`, those near it too, as
extractors leave them; `page`, all.

Counted are the lines inside the body of pages that the command itself takes for English or French. A line is found
to be an artefact where artefacts that are dropped or captions, or code of the page that was taken out with its tags,
cover at least half of its characters; a heading is body. Prints, for each way of reading: precision, recall and F1 of
artefacts; the share of body lines and of their characters lost; and with --errors each line that is wrong.

--folds: cross-validation over sites. The pages of each fold are cleaned with a line model whose weights and threshold
come from the other pages, and the examples of --gold and --furniture, as scripts/clean/fit.py takes them; COMMAND is
the example `line_evidence`. What stands in tables (the wordings of rules) was written by hand with all pages at hand.
"""
import argparse
import hashlib
import html
import json
import pathlib
import subprocess
import sys
import tempfile
from collections import Counter

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "clean"))
import line_model  # noqa: E402

REGIONS = {"body": {"in"}, "article": {"in", "near"}, "page": {"in", "near", "far"}}

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("pages")
parser.add_argument("--diptych", default="target/release/diptych", help="the command to measure")
parser.add_argument("--config", help="a configuration for it")
parser.add_argument("--input", choices=list(REGIONS), help="only this way of reading")
parser.add_argument("--errors", action="store_true", help="print each line that is wrong")
parser.add_argument("--folds", type=int, help="cross-validate the line model")
parser.add_argument("--evidence", help="the command that prints evidence on lines")
parser.add_argument("--gold", action="append", default=[], type=pathlib.Path)
parser.add_argument("--furniture", action="append", default=[], type=pathlib.Path)
options = parser.parse_args()


def document(page, regions):
    """A page's lines, the code points at which they begin, and the text."""
    lines = [line for line in page["lines"] if line["reg"] in regions]
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line["t"]) + 1
    return lines, starts, "\n".join(line["t"] for line in lines)


def records(documents, config):
    """What `diptych clean` makes of texts, by their number; a text of which nothing is left has no record."""
    source = "".join(json.dumps({"id": str(i), "text": text}) + "\n" for i, text in enumerate(documents))
    command = [options.diptych, "clean", "-"] + (["--config", config] if config else [])
    run = subprocess.run(command, input=source, capture_output=True, text=True)
    if run.returncode > 1:
        raise SystemExit(run.stderr)
    return {int(record["id"]): record for record in map(json.loads, run.stdout.splitlines())}


def is_out(artefact):
    """Whether an artefact takes what it covers out of the body."""
    # The pages' own text has its entities written twice.
    text = html.unescape(html.unescape(artefact["text"]))
    tags = artefact["replacement"] == "" and artefact["view"] == "display" and "<" in text
    return artefact["action"] == "drop" or artefact["kind"] == "caption" or tags


def covered(record, start, end):
    """How many characters of a stretch are out of the body, and the rule of the first artefact there."""
    count, rule = 0, None
    for artefact in filter(is_out, record["artefacts"]):
        share = min(end, artefact["raw"][1]) - max(start, artefact["raw"][0])
        if share > 0:
            count += share
            rule = rule or artefact["rule"]
    return count, rule


def measure(pages, way, config, count, types, wrong):
    """Adds what is right and wrong on pages to the counts."""
    documents = [document(page, REGIONS[way]) for page in pages]
    found = records([text for _, _, text in documents], config)
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


def summary(count):
    hit, missed, lost, kept = (count[key] for key in [(True, True), (True, False), (False, True), (False, False)])
    characters = count["characters", False, True]
    return (
        f"{count['pages']} pages, {hit + missed} artefacts, {lost + kept} body lines: "
        f"P {hit / max(1, hit + lost):.3f} R {hit / max(1, hit + missed):.3f} "
        f"F1 {2 * hit / max(1, 2 * hit + missed + lost):.3f}, body lines lost {100 * lost / max(1, lost + kept):.2f} %, "
        f"of their characters {100 * characters / max(1, characters + count['characters', False, False]):.2f} %"
    )


def folds(pages):
    """Yields the pages of each fold and the configuration that was fitted without them."""
    if not options.folds:
        yield pages, options.config
        return

    def fold(page):
        return int(hashlib.sha256(line_model.site(page).encode()).hexdigest(), 16) % options.folds

    others = line_model.examples(options.evidence, options.gold, options.furniture)
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.folds):
            rows = others + line_model.examples(options.evidence, pages=[p for p in pages if fold(p) != number])
            threshold = line_model.choose_threshold(line_model.left_out(rows))
            config = pathlib.Path(folder) / f"{number}.toml"
            config.write_text(line_model.as_config(line_model.fit(rows), threshold), encoding="utf8")
            part = [p for p in pages if fold(p) == number]
            print(f"fold {number}: {len(part)} pages, line model from {len(rows)} lines, threshold {threshold}")
            yield part, str(config)


counts = {way: (Counter(), Counter(), []) for way in ([options.input] if options.input else REGIONS)}
for part, config in folds(json.load(open(options.pages, encoding="utf8"))):
    for way, total in counts.items():
        here = Counter()
        measure(part, way, config, here, *total[1:])
        total[0].update(here)
        if options.folds:
            print(f"  {way}: {summary(here)}")
for way, (count, types, wrong) in counts.items():
    print(f"{way}: {summary(count)}")
    names = sorted({name for name, _ in types})
    print("  found by type: " + ", ".join(f"{n} {types[n, True]}/{types[n, True] + types[n, False]}" for n in names))
    if options.errors:
        for line in sorted(wrong):
            print("  " + " | ".join(line))
