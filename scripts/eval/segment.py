#!/usr/bin/env python3
"""Sentence boundaries of `diptych segment` against treebanks.

usage: segment.py FOLDER [--diptych PATH] [--errors] [--rivals]

FOLDER holds JSON files {"name", "variant", "lang", "items": [{"text", "bounds"}]}, where `bounds` are the code
points at which a sentence begins. A boundary is right when it is the same code point; the beginning of a text
counts for nothing. Prints precision, recall and F1 a file, and with --errors each boundary that is wrong. With
--rivals the Python packages `sentencex` (which holds the Rust crate of that name) and `pysbd` are measured beside it,
where they are installed.
"""
import argparse
import json
import pathlib
import subprocess

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("folder", type=pathlib.Path)
parser.add_argument("--diptych", default="diptych", help="the command to measure")
parser.add_argument("--errors", action="store_true", help="print each wrong boundary")
parser.add_argument("--rivals", action="store_true", help="measure other splitters, too")
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


def splitters():
    """Name and function of each splitter to measure; a function gives sets of starts as `starts` does."""
    yield "diptych", starts
    if not options.rivals:
        return
    try:
        import sentencex

        def boundaries(items, lang):
            return [starts_of(sentencex.segment(lang, item["text"]), item["text"]) for item in items]

        yield "sentencex", boundaries
    except ImportError:
        print("sentencex is not installed")
    try:
        import pysbd

        def segments(items, lang):
            segmenter = pysbd.Segmenter(language=lang, clean=False)
            return [starts_of(segmenter.segment(item["text"]), item["text"]) for item in items]

        yield "pysbd", segments
    except ImportError:
        print("pysbd is not installed")


def starts_of(sentences, text):
    """Where sentences, given in order, begin in their text."""
    found, at = set(), 0
    for sentence in map(str.strip, sentences):
        start = text.find(sentence, at)
        if sentence and start >= 0:
            found.add(start)
            at = start + len(sentence)
    return found


def score(name, splitter, data):
    right = predicted = expected = 0
    wrong = []
    for item, found in zip(data["items"], splitter(data["items"], data["lang"])):
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
        f"{data['name']} {data['variant']}: {name}: P {right / max(1, predicted):.4f} "
        f"R {right / max(1, expected):.4f} F1 {f1:.4f} of {expected}"
    )
    if options.errors:
        for kind, context in wrong:
            print(f"  {kind}: {context!r}")


for name, splitter in list(splitters()):
    for path in sorted(options.folder.glob("*.json")):
        score(name, splitter, json.loads(path.read_text(encoding="utf8")))
