"""Scores a translation of a development set: quality, names, digits, repetition, long sentences.

    python scripts/eval/mt_score.py HYP --set wmt13 [--data ../shared/data/mt] [--json]
    python scripts/eval/mt_score.py HYP --source SRC --reference REF

`HYP` has one translation a line. The figures:

- BLEU and chrF by sacrebleu, with their signatures, on the whole set and on the sentences whose
  source has more than 40 words;
- names: capitalised words inside the source sentence that the reference has in the same spelling,
  and how many of them the translation has;
- digits: digit characters of the source that the translation has (as a multiset), and how many
  the reference has;
- repeating: sentences in which some four words come three times or more.
"""

import argparse
import json
import re
from collections import Counter
from pathlib import Path

import sacrebleu

WORD = re.compile(r"[^\W\d_][\w'’-]*")
LONG = 40


def lines(path):
    return path.read_text(encoding="utf-8").rstrip("\n").split("\n")


def inner_names(text):
    """Capitalised words that do not open the sentence or a quotation in it."""
    names = []
    for match in WORD.finditer(text):
        before = text[: match.start()].rstrip(" \u00a0\u202f")
        if match[0][0].isupper() and before and before[-1] not in '.!?:"«“(-–—\'’':
            names.append(match[0])
    return names


def names_kept(sources, references, hypotheses):
    shared = kept = 0
    for source, reference, hypothesis in zip(sources, references, hypotheses):
        wanted = Counter(inner_names(source)) & Counter(WORD.findall(reference))
        shared += wanted.total()
        kept += (wanted & Counter(WORD.findall(hypothesis))).total()
    return 100 * kept / max(1, shared)


def digits_kept(sources, outputs):
    present = kept = 0
    for source, output in zip(sources, outputs):
        wanted = Counter(re.findall("[0-9]", source))
        present += wanted.total()
        kept += (wanted & Counter(re.findall("[0-9]", output))).total()
    return 100 * kept / max(1, present)


def repeats(text):
    words = text.split()
    grams = Counter(zip(words, words[1:], words[2:], words[3:]))
    return any(count >= 3 for count in grams.values())


def score(sources, references, hypotheses):
    bleu, chrf = sacrebleu.BLEU(), sacrebleu.CHRF()
    long = [i for i, source in enumerate(sources) if len(source.split()) > LONG]
    pick = lambda rows: [rows[i] for i in long]  # noqa: E731
    return {
        "sentences": len(sources),
        "bleu": round(bleu.corpus_score(hypotheses, [references]).score, 2),
        "chrf": round(chrf.corpus_score(hypotheses, [references]).score, 2),
        "names": round(names_kept(sources, references, hypotheses), 2),
        "digits": round(digits_kept(sources, hypotheses), 2),
        "digits_reference": round(digits_kept(sources, references), 2),
        "repeating": round(100 * sum(map(repeats, hypotheses)) / len(hypotheses), 2),
        "long_sentences": len(long),
        "long_bleu": round(sacrebleu.BLEU().corpus_score(pick(hypotheses), [pick(references)]).score, 2),
        "length_ratio": round(sum(map(len, hypotheses)) / sum(map(len, references)), 3),
        "signatures": [str(bleu.get_signature()), str(chrf.get_signature())],
    }


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("hypotheses", type=Path, nargs="+")
    p.add_argument("--set", help="wmt13 or flores-dev")
    p.add_argument("--data", type=Path, default=Path("../shared/data/mt"))
    p.add_argument("--source", type=Path)
    p.add_argument("--reference", type=Path)
    p.add_argument("--json", action="store_true")
    args = p.parse_args()
    sources = lines(args.source or args.data / f"dev.{args.set}.fr")
    references = lines(args.reference or args.data / f"dev.{args.set}.en")
    for path in args.hypotheses:
        hypotheses = lines(path)
        if len(hypotheses) != len(sources):
            raise SystemExit(f"{path}: {len(hypotheses)} lines for {len(sources)} sentences")
        result = score(sources, references, hypotheses)
        if args.json:
            print(json.dumps({"file": path.name} | result))
            continue
        print(path.name)
        for name, value in result.items():
            print(f"  {name:18}{value if name != 'signatures' else ' '.join(value)}")


if __name__ == "__main__":
    main()
