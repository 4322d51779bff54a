#!/usr/bin/env python3
"""Whether entity keys are equal across languages, on sentence pairs that a person has linked.

usage: entities.py GOLD OUT [--show N]

GOLD is a folder with links and verdicts (`tests/gold/newsroom`), OUT the output folder of a run on its texts (`diptych
run --no-translate TEXTS -o OUT`). Of every accepted link between a French and an English sentence the entities of
both sides are compared: a key is shared when the other side has it, too. Two papers do not give the same facts, so the
share is a lower bound of how often the keys are right; --show N prints N entities, spread evenly, for reading.
"""
import argparse
import json
import pathlib
from collections import defaultdict

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("gold", type=pathlib.Path)
parser.add_argument("out", type=pathlib.Path)
parser.add_argument("--show", type=int, default=0)
options = parser.parse_args()


def records(path):
    return [json.loads(line) for line in path.read_text(encoding="utf8").splitlines()]


gold = {d["id"]: d for d in records(options.gold / "documents.jsonl")}
found = {d["id"]: d for d in records(options.out / "documents.jsonl")}
shared, total, shown = defaultdict(int), defaultdict(int), []


def entities(side):
    """The entities of the linked sentences, by their place in the raw text."""
    spans = [s["raw"] for s in gold[side["doc"]]["sentences"] if s["id"] in side["sentences"]]
    return [
        e for e in found[side["doc"]]["entities"] if any(a <= e["raw"][0] and e["raw"][1] <= b for a, b in spans)
    ]


for link in records(options.gold / "alignments.jsonl"):
    a, b = link["a"], link["b"]
    if link["verdict"] != "accept" or not link["kind"] or a["lang"] == b["lang"]:
        continue
    sides = entities(a), entities(b)
    for own, other in (sides, sides[::-1]):
        keys = {(e["kind"], e["key"]) for e in other}
        for e in own:
            total[e["kind"]] += 1
            shared[e["kind"]] += (e["kind"], e["key"]) in keys
for kind in sorted(total):
    print(f"{kind:13} {shared[kind]} of {total[kind]} keys shared ({shared[kind] / total[kind]:.3f})")
print(f"{'all':13} {sum(shared.values())} of {sum(total.values())} ({sum(shared.values()) / sum(total.values()):.3f})")
every = [(d["id"], e) for d in found.values() for e in d["entities"]]
for i in range(options.show):
    name, e = every[i * len(every) // options.show]
    print(f"  {name} {e['kind']}: {e['text']} = {e['key']}")
