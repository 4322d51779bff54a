#!/usr/bin/env python3
"""What the dictionary brings and costs that mends the bundled model's words.

usage: dictionary.py [--diptych PATH] [--data ../shared/data/mt] [--sets wmt13 flores-dev] [--changes]

Translates the French side of each set twice, with `translate.dictionary` and without, and prints BLEU and chrF of
both, the sentences that differ, and of the words that came in and went out how many the reference has (a good word
that the reference says otherwise counts as wrong here). Needs sacrebleu.
"""
import argparse
import re
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

import mt_score

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--diptych", default="target/release/diptych", help="the command to measure")
parser.add_argument("--data", type=Path, default=Path("../shared/data/mt"), help="folder of dev.SET.fr and dev.SET.en")
parser.add_argument("--sets", nargs="+", default=["wmt13", "flores-dev"])
parser.add_argument("--changes", action="store_true", help="print what was replaced in each sentence")
options = parser.parse_args()


def translated(source, dictionary):
    with tempfile.NamedTemporaryFile("w", suffix=".toml") as config:
        config.write(f"[translate]\ndictionary = {str(dictionary).lower()}\n")
        config.flush()
        command = [options.diptych, "translate", "--lines", "--quiet", "--config", config.name]
        run = subprocess.run(command, input="\n".join(source) + "\n", capture_output=True, text=True, check=True)
    return run.stdout.split("\n")[:-1]


def words(line):
    return Counter(re.findall(r"\w+", line.lower()))


for name in options.sets:
    source, reference = (mt_score.lines(options.data / f"dev.{name}.{side}") for side in ("fr", "en"))
    plain, mended = translated(source, False), translated(source, True)
    print(name)
    for label, lines in (("without", plain), ("with", mended)):
        score = mt_score.score(source, reference, lines)
        print(f"  {label}: BLEU {score['bleu']:.2f}, chrF {score['chrf']:.2f}, names {score['names']:.2f}")
    sentences, went, came = 0, Counter(), Counter()
    for before, after, said, french in zip(plain, mended, reference, source):
        if before == after:
            continue
        sentences += 1
        old, new, has = words(before), words(after), words(said)
        for counted, lost in ((went, old - new), (came, new - old)):
            for word, times in lost.items():
                counted[word in has] += times
        if options.changes:
            print(f"  {' '.join(old - new)} -> {' '.join(new - old)} | {french} | {after}")
    print(f"  {sentences} of {len(plain)} sentences differ; {came.total()} words came, {came[True]} of them in the reference;")
    print(f"  {went.total()} words went, {went[True]} of them in the reference")
