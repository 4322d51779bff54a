#!/usr/bin/env python3
"""Name keys of speakers across languages, on articles whose quotations a person has annotated.

usage: names.py GOLD... [--keys PATH]

GOLD is a folder with `documents.jsonl` and `alignments.jsonl` (`tests/gold/newsroom`). Two names are of the same
speaker when an accepted link of kind `quote` or `statement` between a French and an English sentence joins them, each
side having quotations of one speaker only; names so joined through others are the same, too. Names of different
speakers are all other pairs of a French and an English one in the same event (the part of the id before `-`).
--keys is the example `name_keys` (`cargo build --example name_keys`), which prints the keys of each pair and whether
they agree, as the aligner compares them: equal, or one side gives less of the name (`Mr. MacAskill`, `Hatice`).

Prints both lists, each pair with its keys, the share of equal keys in each, and the share that agree: pairs of the
same speaker that do not agree are marked <, pairs of different speakers that do >. Names without a capital word (`une
mère`, `the mayor`) are left out: a role is no name. So are links between a state and a person: two papers name two
speakers for one utterance there, the country and its minister, and no key may make them equal; they are printed last.
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


# No link joins these names, but whoever reads the articles sees that they are one person's (the head of the mission).
BY_HAND = {("a09", frozenset({"Camille Rostaing", "Mme Rostaing", "Dr. Rostaing"}))}

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
    for event, names in BY_HAND:
        for name in names:
            joined[root((event, name))] = root((event, min(names)))
    for (event, lang), names in speakers.items():
        for fr in names if lang == "fr" else ():
            for en in speakers.get((event, "en"), ()):
                pair = (fr, en)
                (same if root((event, fr)) == root((event, en)) else different).add(pair)

pairs = sorted(same | different)
lines = "".join(f"{fr}\t{en}\n" for fr, en in pairs)
run = subprocess.run([options.keys], input=lines, capture_output=True, text=True, check=True)
keys = dict(zip(pairs, (tuple(line.split("\t")) for line in run.stdout.splitlines())))

table = pathlib.Path(__file__).parents[2] / "src/rules/any/countries.tsv"
rows = [line.split("\t") for line in table.read_text(encoding="utf8").splitlines() if line and line[0] != "#"]
columns = [rows[0].index(c) for c in ("fr", "en")]
states = {name for row in rows[1:] for c in columns if c < len(row) for name in row[c].split(",")}
two = {pair for pair in same if (pair[0] in states) != (pair[1] in states)}

for title, chosen, wanted in (("same speaker", same - two, True), ("different speakers", different, False)):
    equal = sum(keys[p][0] == keys[p][1] for p in chosen)
    agree = sum(keys[p][2] == "yes" for p in chosen)
    total = max(1, len(chosen))
    print(f"{title}: {equal} of {len(chosen)} have equal keys ({equal / total:.4f}), {agree} agree ({agree / total:.4f})")
    for pair in sorted(chosen):
        mark = " " if (keys[pair][2] == "yes") == wanted else "<" if wanted else ">"
        print(f"  {mark} {pair[0]} | {pair[1]} | {keys[pair][0]} | {keys[pair][1]}")
print(f"a state and a person, not counted: {len(two)}")
for pair in sorted(two):
    print(f"    {pair[0]} | {pair[1]}")
