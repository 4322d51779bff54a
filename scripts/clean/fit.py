#!/usr/bin/env python3
"""Fits the line model (src/rules/any/line_model.tsv) and says what it brings on articles left out of the fit.

usage: fit.py --evidence COMMAND [--gold FOLDER]... [--furniture FILE.tsv]... [--pages page_lines.json] [-o OUT.tsv]

COMMAND reads documents and prints the evidence on their lines (the example `line_evidence`). --gold: a folder with
`documents.jsonl` and `texts/`, as in tests/gold; --furniture: as for scripts/eval/furniture.py; --pages: as for
scripts/eval/page_lines.py, of which the lines inside and after the body are used and captions left out. A line is
furniture where most of it is dropped in the gold, text where it is body, title, heading or summary.

Lines that the rules take out are examples, too: what the model would say had no rule known them is what it is for.
The model is logistic regression with an L2 penalty, fitted by gradient descent in plain Python. Five-fold cross-
validation over events (articles on one event, or pages of one site, fall into one fold) prints, for each set, what
the rules made of the lines, and each threshold, how much furniture is found and how many lines of text are lost;
then the weights of the fit on everything are written.
"""
import argparse
import hashlib
import json
import math
import pathlib
import random
import subprocess
import sys
from urllib.parse import urlparse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "eval"))
import furniture_texts  # noqa: E402

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--evidence", required=True, help="the command that prints evidence")
parser.add_argument("--gold", action="append", default=[], type=pathlib.Path)
parser.add_argument("--furniture", action="append", default=[], type=pathlib.Path)
parser.add_argument("--pages", type=pathlib.Path)
parser.add_argument("-o", "--out", type=pathlib.Path)
options = parser.parse_args()

FOLDS, PENALTY, PASSES, RATE = 5, 0.0005, 12, 0.3
# As SPEAKS in src/clean/model.rs: a line left as text is asked about where it has one of these.
SPEAKS = {"has-site-word", "has-reader", "has-house", "has-button", "has-network", "first-order"}
KEPT = {".", "title", "standfirst", "heading", "caption"}


def gold_documents(folder):
    texts = {path.stem: path.read_text(encoding="utf8") for path in (folder / "texts").rglob("*.txt")}
    for line in (folder / "documents.jsonl").read_text(encoding="utf8").splitlines():
        record = json.loads(line)
        name = pathlib.Path(record["source"]["path"]).stem
        spans = [(*a["raw"], a["action"] == "drop") for a in record["artefacts"] if a["action"] in ("drop", "relabel")]
        spans += [(*s["raw"], False) for s in record["sentences"] if s["role"] == "body"]
        yield folder.name, name.split("-")[0], texts[name], record["lang"], spans


def furniture_documents(path):
    for lang, name, text, pieces in furniture_texts.read(path):
        spans = [(start, end, kind.split("|")[0] not in KEPT) for kind, start, end in pieces]
        yield path.stem, name, text, lang, spans


def page_documents(path):
    for page in json.load(open(path, encoding="utf8")):
        lines = [line for line in page["lines"] if line["reg"] in ("in", "near")]
        last = max((i for i, line in enumerate(lines) if line["reg"] == "in"), default=0)
        text, spans, inside = "", [], False
        for i, line in enumerate(lines):
            inside = inside or line["reg"] == "in"
            usable = line["y"] is not None and (line["reg"] == "in" or i > last) and inside
            if usable and "caption" not in (line["ty"] or ""):
                spans.append((len(text), len(text) + len(line["t"]), line["y"] == 0))
            text += line["t"] + "\n"
        yield "pages", urlparse(page["url"]).netloc, text, None, spans


def examples():
    """Yields (set, group, evidence, what the rules made of it, whether it is furniture)."""
    documents = [d for folder in options.gold for d in gold_documents(folder)]
    documents += [d for path in options.furniture for d in furniture_documents(path)]
    documents += page_documents(options.pages) if options.pages else []
    source = "".join(
        json.dumps({"id": i, "text": text} | ({"lang": lang} if lang else {})) + "\n"
        for i, (_, _, text, lang, _) in enumerate(documents)
    )
    run = subprocess.run(options.evidence.split(), input=source, capture_output=True, text=True, check=True)
    for line in map(json.loads, run.stdout.splitlines()):
        name, group, _, _, spans = documents[line["id"]]
        start, end = line["raw"]
        covered = {True: 0, False: 0}
        for a, b, furniture in spans:
            covered[furniture] += max(0, min(b, end) - max(a, start))
        if 2 * sum(covered.values()) > end - start:
            yield name, group, line["evidence"], line["verdict"], covered[True] > covered[False]


def fit(rows):
    """Weights by gradient descent, a step after each line, each weight at a rate of its own (Adagrad)."""
    weights, squares = {}, {}
    order = list(rows)
    for turn in range(PASSES):
        random.Random(turn).shuffle(order)
        for name, _, evidence, _, furniture in order:
            size = 0.3 if name == "pages" else 1.0
            names = ["bias", *evidence]
            score = sum(weights.get(e, 0.0) for e in names)
            error = size * (1 / (1 + math.exp(-max(-30.0, min(30.0, score)))) - furniture)
            for e in names:
                slope = error + (PENALTY * weights.get(e, 0.0) if e != "bias" else 0.0)
                squares[e] = squares.get(e, 1.0) + slope * slope
                weights[e] = weights.get(e, 0.0) - RATE * slope / math.sqrt(squares[e])
    return weights


def probability(weights, evidence):
    score = sum(weights.get(e, 0.0) for e in ["bias", *evidence])
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def fold(group):
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % FOLDS


rows = list(examples())
scored = []
for number in range(FOLDS):
    model = fit([row for row in rows if fold(row[1]) != number])
    scored += [(*row, probability(model, row[2])) for row in rows if fold(row[1]) == number]
for verdict in ("text", "loose", "furniture"):
    print(f"rules: {verdict}")
    for name in sorted({row[0] for row in rows}):
        part = [
            (row[4], row[5], not SPEAKS.isdisjoint(row[2])) for row in scored if row[0] == name and row[3] == verdict
        ]
        furniture, text = sum(row[0] for row in part), sum(not row[0] for row in part)
        cells = []
        for threshold in (0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 0.97, 0.98, 0.99):
            sure = [f for f, p, speaks in part if p >= threshold and (speaks or verdict != "text")]
            found, lost = sum(sure), len(sure) - sum(sure)
            cells.append(f"{threshold}: {found}/{lost}")
        print(f"  {name}: {furniture} furniture, {text} text; found/lost at " + "  ".join(cells))
weights = fit(rows)
if options.out:
    with options.out.open("w", encoding="utf8") as out:
        out.write("# Weights of the line model (clean/model.rs), written by scripts/clean/fit.py: what speaks for\n")
        out.write("# furniture is above 0, what speaks for text below.\n")
        out.write("evidence\tweight\n")
        for name in sorted(weights):
            out.write(f"{name}\t{weights[name]:.3f}\n")
