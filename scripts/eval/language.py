#!/usr/bin/env python3
"""Which language: short pieces of French and English, whole paragraphs of many languages.

usage: language.py MT [--paragraphs FOLDER] [--diptych PATH] [--errors]

MT holds parallel texts of one sentence a line (`dev.*.fr`, `dev.*.en`). A piece is 40 characters from a word of the
line that a fixed seed picks; a line of fewer characters is left out. FOLDER holds XX.txt files, a paragraph of the
language XX a line (`language_data.py` makes them). Answers are those of `diptych segment`, which detects and does
not clean. Prints the share that is right, and the megabytes a second over all texts joined into 3 kB documents,
start-up taken off.
"""
import argparse
import collections
import json
import pathlib
import random
import subprocess
import time

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("mt", type=pathlib.Path)
parser.add_argument("--paragraphs", type=pathlib.Path)
parser.add_argument("--diptych", default="target/release/diptych", help="the command to measure")
parser.add_argument("--errors", action="store_true", help="print each wrong answer")
options = parser.parse_args()

LENGTH = 40


def pieces(lang):
    """Pieces of the lines of a language."""
    rng = random.Random(1)
    for path in sorted(options.mt.glob(f"dev.*.{lang}")):
        if len(path.suffixes) != 2 and path.name.count(".") > 2:
            continue
        for line in path.read_text(encoding="utf8").splitlines():
            starts = [0] + [i + 1 for i, c in enumerate(line) if c == " "]
            starts = [i for i in starts if i + LENGTH <= len(line)]
            if starts:
                at = rng.choice(starts)
                yield line[at : at + LENGTH]


def answers(texts):
    """What the command says of each text."""
    lines = [json.dumps({"id": str(i), "text": text}) for i, text in enumerate(texts)]
    run = subprocess.run(
        [options.diptych, "segment", "-"], input="\n".join(lines) + "\n", capture_output=True, text=True
    )
    found = {int(r["id"]): r["lang"] for r in map(json.loads, run.stdout.splitlines())}
    return [found.get(i, "-") for i in range(len(texts))]


def report(name, lang, texts, equal=lambda a, b: a == b):
    found = answers(texts)
    wrong = [(f, t) for f, t in zip(found, texts) if not equal(f, lang)]
    others = collections.Counter(f for f, _ in wrong).most_common(4)
    print(f"{name} {lang}: {1 - len(wrong) / max(1, len(texts)):.4f} of {len(texts)}", *(f"{l}:{n}" for l, n in others))
    if options.errors:
        for found, text in wrong:
            print(f"  {found}: {text}")
    return len(wrong), len(texts)


for lang in ("fr", "en"):
    report("40 characters", lang, list(pieces(lang)))
if options.paragraphs:
    total = [0, 0]
    shares = []
    for path in sorted(options.paragraphs.glob("*.txt")):
        lines = path.read_text(encoding="utf8").splitlines()
        wrong, n = report("paragraphs", path.stem, lines)
        total = [total[0] + wrong, total[1] + n]
        shares.append(1 - wrong / max(1, n))
    print(f"paragraphs of {len(shares)} languages: mean {sum(shares) / len(shares):.4f}, least {min(shares):.4f}")
