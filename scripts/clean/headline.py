#!/usr/bin/env python3
"""Fits the choice of the headline (src/rules/any/headline_model.tsv) and says how often it is right on pages left out.

usage: headline.py --evidence COMMAND [--gold FOLDER]... [--furniture FILE.tsv]... [-o OUT.tsv]

COMMAND reads documents and prints the lines that may be the headline with the evidence on each (the example
`line_evidence` with `--headlines`). --gold and --furniture are as for fit.py. A page counts where one of two or more
such lines is its headline. The model is conditional logistic regression: the chance of a line is the exponential of
its weights' sum, as a share of those of its page's lines; with an L2 penalty, by gradient descent in plain Python.
Each set (an author's, mostly) is left out in turn; then the weights of the fit on all are written.
"""
import argparse
import collections
import math
import pathlib
import random

import line_model
from line_model import furniture_texts

PENALTY, PASSES, RATE = 0.002, 40, 0.2


def documents(golds, furniture):
    """(set, language, text, spans of the headline), as raw code points."""
    for folder in golds:
        for _, text, record in line_model.gold_articles(folder):
            titles = [a["raw"] for a in record["artefacts"] if a["kind"] == "title"]
            yield folder.name, record["lang"], text, titles
    for path in furniture:
        for lang, _, text, pieces in furniture_texts.read(path):
            yield path.stem, lang, text, [(start, end) for kind, start, end in pieces if kind == "title"]


def pages(command, golds, furniture):
    """(set, [(evidence, is the headline)]) a page."""
    known = list(documents(golds, furniture))
    texts = [(text, lang) for _, lang, text, _ in known]
    lines = collections.defaultdict(list)
    for line in line_model.evidence_on([*command.split(), "--headlines"], texts):
        start, end = line["raw"]
        covered = sum(max(0, min(b, end) - max(a, start)) for a, b in known[line["id"]][3])
        lines[line["id"]].append((line["evidence"], 2 * covered > end - start))
    for number, candidates in lines.items():
        if len(candidates) > 1 and sum(is_it for _, is_it in candidates) == 1:
            yield known[number][0], candidates


def chances(weights, lines):
    sums = [sum(weights.get(e, 0.0) for e in evidence) for evidence, _ in lines]
    top = max(sums)
    shares = [math.exp(s - top) for s in sums]
    return [s / sum(shares) for s in shares]


def fit(examples):
    weights, shuffle = {}, random.Random(1)
    for turn in range(PASSES):
        rate = RATE / (1 + turn / 4)
        for _, lines in shuffle.sample(examples, len(examples)):
            for (evidence, is_it), chance in zip(lines, chances(weights, lines)):
                for e in evidence:
                    weights[e] = weights.get(e, 0.0) * (1 - rate * PENALTY) + rate * (is_it - chance)
    return weights


def right(weights, examples):
    hits = 0
    for _, lines in examples:
        best = max(range(len(lines)), key=lambda i: (sum(weights.get(e, 0.0) for e in lines[i][0]), -i))
        hits += lines[best][1]
    return hits


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--evidence", required=True, help="the command that prints evidence")
    parser.add_argument("--gold", action="append", default=[], type=pathlib.Path)
    parser.add_argument("--furniture", action="append", default=[], type=pathlib.Path)
    parser.add_argument("-o", "--out", type=pathlib.Path)
    options = parser.parse_args()
    examples = list(pages(options.evidence, options.gold, options.furniture))
    total = 0
    for name in sorted({name for name, _ in examples}):
        rest, own = [e for e in examples if e[0] != name], [e for e in examples if e[0] == name]
        hits = right(fit(rest), own)
        total += hits
        first = sum(lines[0][1] for _, lines in own)
        print(f"{name}, left out: {hits} of {len(own)} headlines chosen right (the first line: {first})")
    print(f"all, left out: {total} of {len(examples)}")
    if options.out:
        weights = fit(examples)
        with options.out.open("w", encoding="utf8") as out:
            out.write("# Weights of the choice of the headline (clean/headline.rs), written by scripts/clean/headline.py.\n")
            out.write("evidence\tweight\n")
            for name in sorted(weights):
                out.write(f"{name}\t{weights[name]:.3f}\n")
