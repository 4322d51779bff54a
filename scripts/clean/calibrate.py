#!/usr/bin/env python3
"""Confidences of the cleaning rules from counts (src/rules/any/confidence.tsv), and how calibrated they are.

usage: calibrate.py [--diptych PATH] --gold FOLDER... [--furniture FILE.tsv]... [-o OUT.tsv]

--gold and --furniture as for fit.py. An artefact that is dropped, relabelled or split is right where the gold has one
of the same kind with an IoU of a half (a lost break: within one character). A rule's confidence is its share of right
artefacts, drawn to that of its family (its kind, by wording or by structure) by PRIOR artefacts, the family's to that
of all rules in the same way.

Prints, for each gold folder, the expected calibration error (ten bins of equal width) of the confidences in the
records as they are, and of confidences counted without the event that is scored; then writes those of all events.
"""
import argparse
import json
import pathlib
import subprocess
import sys
from collections import Counter

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "eval"))
import furniture_texts  # noqa: E402

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--diptych", default="target/release/diptych", help="the command to measure")
parser.add_argument("--gold", nargs="+", default=[], type=pathlib.Path)
parser.add_argument("--furniture", nargs="*", default=[], type=pathlib.Path)
parser.add_argument("-o", "--out", type=pathlib.Path)
options = parser.parse_args()

PRIOR, BINS = 8, 10


def gold_documents(folder):
    texts = {path.stem: path.read_text(encoding="utf8") for path in (folder / "texts").rglob("*.txt")}
    for line in (folder / "documents.jsonl").read_text(encoding="utf8").splitlines():
        record = json.loads(line)
        name = pathlib.Path(record["source"]["path"]).stem
        blocks = [({a["kind"]}, *a["raw"]) for a in record["artefacts"] if a["action"] != "replace"]
        yield folder.name, name.split("-")[0], texts[name], record["lang"], blocks


def furniture_documents(path):
    for lang, name, text, pieces in furniture_texts.read(path):
        blocks = [(set(kind.split("|")), *furniture_texts.within(text, start, end)) for kind, start, end in pieces if kind != "."]
        yield path.stem, name, text, lang, blocks


def is_right(artefact, blocks):
    start, end = artefact["raw"]
    for kinds, a, b in blocks:
        # A credit on its caption's line is the caption's.
        if artefact["kind"] == "credit" and "caption" in kinds and a <= start and end <= b:
            return True
        if artefact["kind"] not in kinds:
            continue
        if artefact["action"] == "split":
            if abs(start - a) <= 1:
                return True
        elif 2 * max(0, min(b, end) - max(a, start)) >= max(b, end) - min(a, start):
            return True
    return False


def judged():
    """Yields (set, event, rule, kind, confidence, right) for each artefact found."""
    documents = [d for folder in options.gold for d in gold_documents(folder)]
    documents += [d for path in options.furniture for d in furniture_documents(path)]
    source = "".join(
        json.dumps({"id": str(i), "text": text, "lang": lang}) + "\n" for i, (_, _, text, lang, _) in enumerate(documents)
    )
    run = subprocess.run([options.diptych, "clean", "-"], input=source, capture_output=True, text=True, check=True)
    for record in map(json.loads, run.stdout.splitlines()):
        name, event, _, _, blocks = documents[int(record["id"])]
        for a in record["artefacts"]:
            if a["action"] != "replace":
                yield name, event, a["rule"], a["kind"], a["confidence"], is_right(a, blocks)


def family(rule, kind):
    return kind, rule.startswith("any-")


def confidences(rows):
    """A function from rule and kind to confidence."""
    of_rule, of_family, everything = {}, {}, Counter()
    for _, _, rule, kind, _, right in rows:
        for count in (
            of_rule.setdefault(rule, Counter()),
            of_family.setdefault(family(rule, kind), Counter()),
            everything,
        ):
            count["all"] += 1
            count["right"] += right

    def drawn(count, prior):
        return (count["right"] + PRIOR * prior) / (count["all"] + PRIOR)

    def of(rule, kind):
        prior = drawn(everything, 0.5)
        prior = drawn(of_family.get(family(rule, kind), Counter()), prior)
        return drawn(of_rule.get(rule, Counter()), prior)

    return of


def calibration_error(pairs):
    bins = {}
    for confidence, right in pairs:
        cell = bins.setdefault(min(BINS - 1, int(confidence * BINS)), [0, 0.0, 0])
        cell[0] += 1
        cell[1] += confidence
        cell[2] += right
    return sum(abs(c - r) for _, c, r in bins.values()) / max(1, len(pairs))


rows = list(judged())
for name in dict.fromkeys(row[0] for row in rows):
    part = [row for row in rows if row[0] == name]
    held = []
    for event in sorted({row[1] for row in part}):
        of = confidences([row for row in rows if row[1] != event])
        held += [(of(row[2], row[3]), row[5]) for row in part if row[1] == event]
    right = sum(row[5] for row in part) / len(part)
    now = calibration_error([(row[4], row[5]) for row in part])
    print(
        f"{name}: {len(part)} artefacts, {right:.3f} right in kind and place; "
        f"ECE of the records {now:.3f}, counted without the event {calibration_error(held):.3f}"
    )
if options.out:
    of = confidences(rows)
    with options.out.open("w", encoding="utf8") as out:
        out.write("# How often each rule is right, written by scripts/clean/calibrate.py: shares of right artefacts,\n")
        out.write("# drawn to those of the rule's kind. A rule that is not here has the confidence of its own table.\n")
        out.write("rule\tcount\tconfidence\n")
        counts = Counter(row[2] for row in rows)
        kinds = {row[2]: row[3] for row in rows}
        for rule in sorted(counts):
            out.write(f"{rule}\t{counts[rule]}\t{of(rule, kinds[rule]):.3f}\n")
