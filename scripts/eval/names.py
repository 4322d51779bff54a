#!/usr/bin/env python3
"""Name keys of speakers across languages, on articles whose quotations a person has annotated.

usage: names.py GOLD... [--keys PATH]

GOLD is a folder with `documents.jsonl` and `alignments.jsonl` (`tests/gold/newsroom`). Two names are of the same
speaker when an accepted link of kind `quote` or `statement` between a French and an English sentence joins them, each
side having quotations of one speaker only; names so joined through others are the same, too. Names of different
speakers are all other pairs of a French and an English one in the same event (the part of the id before `-`).
--keys is the example `name_keys` (`cargo build --example name_keys`), which prints the key of each line.

Prints both lists, each pair with its keys, and the share of equal keys in each: pairs of the same speaker that are
not equal are marked <, pairs of different speakers that are equal >. Names without a capital word (`une mère`, `the
mayor`) are left out: a role is no name.
"""
import argparse
import json
import pathlib
import subprocess

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("gold", type=pathlib.Path, nargs="+")
parser.add_argument("--keys", default="target/debug/examples/name_keys")
options = parser.parse_args()


def records(path):
    return [json.loads(line) for line in path.read_text(encoding="utf8").splitlines()]


def is_name(name):
    """Whether a word other than the first is written with a capital, or the first is and is no article."""
    words = name.split()
    if words and words[0].lower() in ("a", "an", "the", "one", "un", "une", "le", "la", "les"):
        words = words[1:]
    return bool(words) and all(w[:1].isupper() for w in (words[0], words[-1]))


same, different = set(), set()
for gold in options.gold:
    documents = {d["id"]: d for d in records(gold / "documents.jsonl")}
    speakers = {}
    for d in documents.values():
        for quote in d["quotes"]:
            name = (quote.get("speaker") or {}).get("name")
            if name and is_name(name):
                speakers.setdefault((d["id"].split("-")[0], d["lang"]), set()).add(name)
    joined = {}

    def root(node):
        while joined.get(node, node) != node:
            node = joined[node]
        return node

    for link in records(gold / "alignments.jsonl"):
        if link["kind"] not in ("quote", "statement") or link["verdict"] != "accept":
            continue
        sides = []
        for side in (link["a"], link["b"]):
            d = documents[side["doc"]]
            names = {
                q["speaker"]["name"]
                for q in d["quotes"]
                if q.get("speaker") and q["kind"] != "term" and set(q["sentences"]) & set(side["sentences"])
            }
            if len(names) == 1 and is_name(min(names)):
                sides.append((d["id"].split("-")[0], min(names)))
        if len(sides) == 2:
            joined[root(sides[0])] = root(sides[1])
    for (event, lang), names in speakers.items():
        for fr in names if lang == "fr" else ():
            for en in speakers.get((event, "en"), ()):
                pair = (fr, en)
                (same if root((event, fr)) == root((event, en)) else different).add(pair)

names = sorted({n for pair in same | different for n in pair})
run = subprocess.run([options.keys], input="\n".join(names) + "\n", capture_output=True, text=True, check=True)
keys = dict(zip(names, run.stdout.splitlines()))
for title, pairs, wanted in (("same speaker", same, True), ("different speakers", different, False)):
    equal = [p for p in sorted(pairs) if keys[p[0]] == keys[p[1]]]
    print(f"{title}: {len(equal)} of {len(pairs)} have equal keys ({len(equal) / max(1, len(pairs)):.4f})")
    for fr, en in sorted(pairs):
        mark = " " if (keys[fr] == keys[en]) == wanted else "<" if wanted else ">"
        print(f"  {mark} {fr} | {en} | {keys[fr]} | {keys[en]}")
