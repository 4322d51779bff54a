#!/usr/bin/env python3
"""A corpus of any size out of a few articles, for measuring speed.

usage: vary.py OUT.jsonl MEGABYTES FOLDER...

Reads the .txt files and the `text` of .jsonl records under the folders and writes records `{"id", "text"}` until
the texts have so many megabytes (10^6 bytes of UTF-8). Each record is one of the articles with its digits
exchanged, some of its names swapped for others, one body paragraph left out and one of another article of the
same language put in, so that no two are equal and nothing can be remembered from one to the next. The same
arguments give the same bytes.
"""
import json
import pathlib
import random
import re
import sys

NAME = re.compile(r"(?<=[a-zà-ÿ,] )[A-ZÀ-Ý][a-zà-ÿ]{3,}")


def articles(folders):
    """The texts under the folders, in path order."""
    for folder in folders:
        for path in sorted(pathlib.Path(folder).rglob("*")):
            if path.suffix == ".txt":
                yield path.read_text(encoding="utf8")
            elif path.suffix == ".jsonl" and "texts" not in path.parts:
                for line in path.read_text(encoding="utf8").splitlines():
                    record = json.loads(line)
                    # Records of an output folder hold the cleaned text; only input is wanted.
                    if "schema" not in record and "text" in record:
                        yield record["text"]


def is_french(text):
    return len(re.findall(r"\b(?:le|la|les|des|une|dans|est|que)\b", text)) > text.count(" the ")


def vary(text, pool, names, rng):
    """One variation of a text."""
    paragraphs = text.split("\n\n")
    if len(paragraphs) > 5:
        place = rng.randrange(2, len(paragraphs) - 2)
        paragraphs[place : place + 1] = [rng.choice(pool)]
    text = "\n\n".join(paragraphs)
    for old in rng.sample(sorted(set(NAME.findall(text))), k=min(6, len(set(NAME.findall(text))))):
        text = text.replace(old, rng.choice(names))
    # Years keep their first two digits and months their range: dates stay dates.
    swap = dict(zip("3456789", rng.sample("3456789", k=7)))
    return re.sub(r"(?<![\d-])(?!(?:19|20)\d\d\b)\d+(?![\d-])", lambda m: "".join(swap.get(c, c) for c in m[0]), text)


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    out, megabytes, folders = sys.argv[1], float(sys.argv[2]), sys.argv[3:]
    texts = list(articles(folders))
    rng = random.Random(1)
    pools = {
        french: [p for t in texts if is_french(t) == french for p in t.split("\n\n") if 200 < len(p) < 900]
        for french in (True, False)
    }
    names = sorted({name for text in texts for name in NAME.findall(text)})
    written = number = 0
    with open(out, "w", encoding="utf8") as file:
        while written < megabytes * 1e6:
            text = texts[number % len(texts)]
            text = vary(text, pools[is_french(text)], names, rng)
            number += 1
            written += len(text.encode())
            file.write(json.dumps({"id": f"v{number}", "text": text}, ensure_ascii=False) + "\n")
    print(f"{number} articles, {written / 1e6:.1f} MB", file=sys.stderr)


main()
