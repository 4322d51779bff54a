"""Reads the pairs, normalises and filters them, and sorts them into files by kind.

    python prepare.py --data DATA_MT --out WORK

writes `WORK/NAME.tsv` (`fr<TAB>en`), the input of `augment.py` and `encode.py`:

- `news`: WMT news and talks, people's translations; `teacher`: French news with the output of a
  strong model;
- `near` and `far`: the large general set, split by how much its words look like news;
- `prose`: varied prose; manuals apart in `manuals`;
- `check`: the two development sets, for the cross-entropy during training only.

Whatever shares a side with the development sets is left out of the rest.
"""

import argparse
import lzma
import math
import multiprocessing
import random
import re
from collections import Counter
from pathlib import Path

from normalise import normalise

# Latin letters, punctuation and common signs; other scripts are not learnt.
READABLE = re.compile("^[ -ɏʰ-ͯḀ-ỿ‐-›₠-₿℀-⅏←-↓■-●]+$")
MANUALS = {"php_doc", "apache_httpd", "gnome_help", "fdroid", "pydocs", "laws", "debian-news"}
SINGLE_QUOTED = re.compile(r"(?<!\w)'(?=\S)((?:[^']|(?<=\w)'(?=\w))+?)'(?!\w)")
DEV = ("dev.wmt13", "dev.flores-dev")


def read(path):
    opened = lzma.open if path.suffix == ".xz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        for line in file:
            fields = line.rstrip("\n").split("\t")
            if len(fields) == 3:
                yield fields


def digits(text):
    return sorted(re.findall("[0-9]", text))


def aligned(fr, en, strict):
    """Whether the two look like translations of each other, by length, digits and quotation marks."""
    a, b = len(fr.split()), len(en.split())
    if a > 2 * b + 4 or b > 1.8 * a + 4:
        return False
    if (fr.count('"') - en.count('"')) % 2:
        return False
    return not strict or (digits(fr) == digits(en) and fr.count('"') == en.count('"'))


def same_quotes(fr, en):
    """The English side with double quotation marks where it has single ones for French double ones."""
    fr, en = fr.replace("''", '"'), en.replace("''", '"')
    if '"' in fr and '"' not in en:
        doubled, count = SINGLE_QUOTED.subn(r'"\1"', en)
        if 2 * count == fr.count('"'):
            en = doubled
    return fr, en


def clean(fields):
    """A normalised pair with its source, or None."""
    source, fr, en = fields
    fr, en = normalise(fr), normalise(en)
    if not (fr and en and READABLE.match(fr) and READABLE.match(en)):
        return None
    fr, en = same_quotes(fr, en)
    strict = not source.startswith(("news", "wmt", "iwslt", "mtedx"))
    return (source, fr, en) if aligned(fr, en, strict) else None


def words(text):
    return re.findall(r"\w+|[^\w\s]", text.lower())


class Likeness:
    """Mean log-ratio of word probabilities, news against everything."""

    def __init__(self, news, general):
        self.scores = {}
        counts = [Counter(w for line in lines for w in words(line)) for lines in (news, general)]
        totals = [sum(c.values()) for c in counts]
        for word in counts[0] | counts[1]:
            near, far = ((c[word] + 1) / t for c, t in zip(counts, totals))
            # A word that is rare in both says little.
            self.scores[word] = max(-3.0, min(3.0, math.log(near / far)))

    def __call__(self, text):
        tokens = words(text)
        return sum(self.scores.get(w, 0.0) for w in tokens) / (len(tokens) + 1)


def write(path, pairs):
    random.shuffle(pairs)
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(f"{fr}\t{en}\n" for fr, en in pairs)
    print(f"{path.name}: {len(pairs)} pairs")


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--data", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--near", type=float, default=0.4, help="share of the general set taken as near")
    args = p.parse_args()
    random.seed(7)
    args.out.mkdir(parents=True, exist_ok=True)

    held, check = set(), []
    for name in DEV:
        sides = [
            [normalise(line) for line in (args.data / f"{name}.{s}").read_text("utf-8").split("\n")]
            for s in ("fr", "en")
        ]
        held.update(*sides)
        check += [pair for pair in zip(*sides) if all(pair)][:600:2]
    write(args.out / "check.tsv", check)

    kinds = {k: [] for k in ("news", "teacher", "general", "prose", "manuals")}
    seen = set()
    files = {"news.tsv": "news", "bergamot-base.tsv": "teacher", "more.tsv.xz": "prose"}
    files["train.tsv.xz"] = "general"
    with multiprocessing.Pool(2) as pool:
        for file, kind in files.items():
            for row in pool.imap(clean, read(args.data / file), chunksize=2000):
                if row is None or row[1] in held or row[2] in held:
                    continue
                key = hash(row[1:])
                if key not in seen:
                    seen.add(key)
                    kinds["manuals" if row[0] in MANUALS else kind].append(row[1:])

    news = [fr for fr, _ in kinds["news"]], [en for _, en in kinds["news"]]
    sample = random.sample(kinds["general"], min(200_000, len(kinds["general"])))
    likeness = [Likeness(news[i], [pair[i] for pair in sample]) for i in (0, 1)]
    general = sorted(kinds.pop("general"), key=lambda p: -sum(l(t) for l, t in zip(likeness, p)))
    cut = int(len(general) * args.near)
    kinds["near"], kinds["far"] = general[:cut], general[cut:]
    for kind, pairs in kinds.items():
        write(args.out / f"{kind}.tsv", pairs)


if __name__ == "__main__":
    main()
