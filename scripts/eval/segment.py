#!/usr/bin/env python3
"""Sentence boundaries of `diptych segment` against treebanks.

usage: segment.py FOLDER [--diptych PATH] [--errors]

FOLDER holds JSON files {"name", "variant", "lang", "items": [{"text", "bounds"}]}, where `bounds` are the code
points at which a sentence begins. A boundary is right when it is the same code point; the beginning of a text
counts for nothing. Prints precision, recall and F1 a file, and with --errors each boundary that is wrong.
"""
import argparse
import json
import pathlib
import subprocess

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("folder", type=pathlib.Path)
parser.add_argument("--diptych", default="diptych", help="the command to measure")
parser.add_argument("--errors", action="store_true", help="print each wrong boundary")
options = parser.parse_args()


def starts(items, lang):
    """Where the command begins sentences, a set of code points a text."""
    lines = [json.dumps({"id": str(i), "text": item["text"], "lang": lang}) for i, item in enumerate(items)]
    run = subprocess.run(
        [options.diptych, "segment", "-"], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True
    )
    found = {}
    for line in run.stdout.splitlines():
        record = json.loads(line)
        found[int(record["id"])] = {sentence["raw"][0] for sentence in record["sentences"]}
    return [found.get(i, set()) for i in range(len(items))]


for path in sorted(options.folder.glob("*.json")):
    data = json.loads(path.read_text(encoding="utf8"))
    right = predicted = expected = 0
    wrong = []
    for item, found in zip(data["items"], starts(data["items"], data["lang"])):
        gold = set(item["bounds"]) - {0}
        found = found - {0}
        right += len(gold & found)
        predicted += len(found)
        expected += len(gold)
        for at in sorted(gold ^ found):
            kind = "missed" if at in gold else "false"
            wrong.append((kind, item["text"][max(0, at - 40) : at] + "|" + item["text"][at : at + 30]))
    f1 = 2 * right / max(1, predicted + expected)
    print(
        f"{data['name']} {data['variant']}: P {right / max(1, predicted):.4f} R {right / max(1, expected):.4f} "
        f"F1 {f1:.4f} of {expected}"
    )
    if options.errors:
        for kind, context in wrong:
            print(f"  {kind}: {context!r}")
