#!/usr/bin/env python3
"""Fits the line model (src/rules/any/line_model.tsv) and says what it brings on articles left out of the fit.

usage: fit.py --evidence COMMAND [--gold FOLDER]... [--furniture FILE.tsv]... [--pages page_lines.json] [-o OUT.tsv]
       [--config OUT.toml]

COMMAND reads documents and prints the evidence on their lines (the example `line_evidence`). --gold: a folder with
`documents.jsonl` and `texts/`, as in tests/gold; --furniture: as for scripts/eval/furniture.py; --pages: as for
scripts/eval/page_lines.py, of which the lines inside and after the body are used and captions left out.

Lines that the rules take out are examples, too: what the model would say had no rule known them is what it is for.
The model is logistic regression with an L2 penalty, fitted by gradient descent in plain Python. Five-fold cross-
validation over events (articles on one event, or pages of one site, fall into one fold) prints, for each set, what
the rules made of the lines, and each threshold, how much furniture is found and how many lines of text are lost;
the threshold at which the furniture found less five times the text lost is most; then the weights of the fit on
everything are written, as the program's table (-o), or as a configuration for it (--config).
"""
import argparse
import json
import pathlib

import line_model

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--evidence", required=True, help="the command that prints evidence")
parser.add_argument("--gold", action="append", default=[], type=pathlib.Path)
parser.add_argument("--furniture", action="append", default=[], type=pathlib.Path)
parser.add_argument("--pages", type=pathlib.Path)
parser.add_argument("-o", "--out", type=pathlib.Path)
parser.add_argument("--config", type=pathlib.Path)
options = parser.parse_args()

pages = json.loads(options.pages.read_text(encoding="utf8")) if options.pages else []
rows = line_model.examples(options.evidence, options.gold, options.furniture, pages)
scored = line_model.left_out(rows)
for verdict in ("text", "loose", "guessed", "furniture"):
    print(f"rules: {verdict}")
    for name in sorted({row[0] for row in rows}):
        part = [
            (row[4], chance, not line_model.SPEAKS.isdisjoint(row[2]))
            for row, chance in scored
            if row[0] == name and row[3] == verdict
        ]
        furniture, text = sum(row[0] for row in part), sum(not row[0] for row in part)
        cells = []
        for threshold in line_model.THRESHOLDS:
            sure = [f for f, p, speaks in part if p >= threshold and (speaks or verdict != "text")]
            cells.append(f"{threshold}: {sum(sure)}/{len(sure) - sum(sure)}")
        print(f"  {name}: {furniture} furniture, {text} text; found/lost at " + "  ".join(cells))
threshold = line_model.choose_threshold(scored)
print(f"threshold: {threshold}")
weights = line_model.fit(rows)
if options.out:
    with options.out.open("w", encoding="utf8") as out:
        out.write("# Weights of the line model (clean/model.rs), written by scripts/clean/fit.py: what speaks for\n")
        out.write("# furniture is above 0, what speaks for text below.\n")
        out.write("evidence\tweight\n")
        for name in sorted(weights):
            out.write(f"{name}\t{weights[name]:.3f}\n")
if options.config:
    options.config.write_text(line_model.as_config(weights, threshold), encoding="utf8")
