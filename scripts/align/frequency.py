#!/usr/bin/env python3
"""Counts words for `src/rules/{fr,en}/frequency.tsv` from parallel sentences.

usage: frequency.py PAIRS.tsv[.xz]... --out src/rules

The first column of PAIRS names the source, the last two hold French and English.
A word's share is the mean of its shares in the sources with at least 20,000 words,
so that the largest (parliament) does not decide what is common. Written are words
of at most 18 bits (one in 262,144), without numbers.
"""
import argparse, collections, lzma, math, pathlib, re
WORD = re.compile(r"[^\W\d_]+")
ap = argparse.ArgumentParser(); ap.add_argument("pairs", nargs="+"); ap.add_argument("--out", required=True); args = ap.parse_args()
counts = {"fr": collections.defaultdict(collections.Counter), "en": collections.defaultdict(collections.Counter)}
for path in args.pairs:
    with (lzma.open(path, "rt", encoding="utf8") if path.endswith("xz") else open(path, encoding="utf8")) as f:
        for line in f:
            c = line.rstrip("\n").split("\t")
            for lang, text in zip(("fr", "en"), c[-2:]):
                counts[lang][c[0]].update(WORD.findall(text.lower()))
for lang, sources in counts.items():
    sources = [c for c in sources.values() if c.total() >= 20000]; share = collections.Counter()
    for c in sources:
        n = c.total()
        for w, k in c.items():
            if k > 1: share[w] += k / n / len(sources)
    with open(pathlib.Path(args.out) / lang / "frequency.tsv", "w", encoding="utf8") as out:
        out.write("# Written by scripts/align/frequency.py: bits = -log2 of a word's share of running text.\nword\tbits\n")
        for w, s in sorted(share.items()):
            if -math.log2(s) <= 18: out.write(f"{w}\t{-math.log2(s):.1f}\n")
