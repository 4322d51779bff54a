#!/usr/bin/env python3
"""Furniture of news sites in invented wordings: how much of it `diptych clean` recognises.

usage: furniture.py FILE.tsv... [--diptych PATH] [--errors]

A file holds articles: a line `# LANG NAME`, then the lines of the raw text. Each is pairs of cells, a kind and the
text that is of this kind (`.` for body text; `nav|share` where either will do); an empty line is one. Several pairs stand on one line of the text,
glued as they are. A block is found where an artefact overlaps it by half (IoU); it is right in action where it is
dropped or relabelled as its kind is, and right in kind where that is the same. Prints these as shares of all blocks,
by file and kind, what was found beside them, and the body text that was lost. With `--join` pieces of one kind
side by side on a line are one block, as in the gold articles: authors of these files differ in that.
"""
import argparse
import json
import pathlib
import subprocess
from collections import Counter

import furniture_texts
from furniture_texts import within

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("files", nargs="+", type=pathlib.Path)
parser.add_argument("--diptych", default="target/release/diptych", help="the command to measure")
parser.add_argument("--join", action="store_true", help="take neighbours of one kind on a line for one block")
parser.add_argument("--errors", action="store_true", help="print each block that is wrong")
options = parser.parse_args()

RELABELLED = {"title", "standfirst", "heading", "caption"}


def articles(path):
    """Yields (language, name, text, blocks), a block being (kind, start, end)."""
    for lang, name, text, pieces in furniture_texts.read(path):
        blocks = [(kind, *within(text, start, end)) for kind, start, end in pieces]
        yield lang, name, text, joined(text, blocks) if options.join else blocks


def joined(text, blocks):
    """Blocks in which those of one kind side by side on a line are one."""
    out = []
    for kind, start, end in blocks:
        if out and "\n" not in text[out[-1][2] : start]:
            common = [k for k in out[-1][0].split("|") if k in kind.split("|")]
            if common and common != ["."]:
                out[-1] = ("|".join(common), out[-1][1], end)
                continue
        out.append((kind, start, end))
    return out


def overlap(a, b):
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def iou(a, b):
    return overlap(a, b) / (max(a[1], b[1]) - min(a[0], b[0]))


for path in options.files:
    texts = list(articles(path))
    source = "".join(json.dumps({"id": name, "text": text, "lang": lang}) + "\n" for lang, name, text, _ in texts)
    run = subprocess.run([options.diptych, "clean", "-"], input=source, capture_output=True, text=True, check=True)
    count, kinds, errors = Counter(), {}, []
    for (lang, name, text, blocks), line in zip(texts, run.stdout.splitlines()):
        found = [a for a in json.loads(line)["artefacts"] if a["action"] in ("drop", "relabel")]
        used = set()
        for kind, start, end in blocks:
            if kind == ".":
                lost = sum(overlap((start, end), a["raw"]) for a in found if a["action"] == "drop")
                touched = sum(overlap((start, end), a["raw"]) for a in found)
                count["body"] += 1
                count["lost"] += 2 * lost > end - start
                count["touched"] += 2 * touched > end - start
                if 2 * touched > end - start:
                    errors.append((name, "body", "lost", text[start:end]))
                continue
            kinds_allowed = kind.split("|")
            row = kinds.setdefault(kinds_allowed[0], Counter())
            row["all"] += 1
            best = max(range(len(found)), key=lambda i: iou((start, end), found[i]["raw"]), default=None)
            if best is None or iou((start, end), found[best]["raw"]) < 0.5:
                errors.append((name, kind, "-", text[start:end]))
                continue
            used.add(best)
            got = found[best]
            row["place"] += 1
            row["action"] += (kinds_allowed[0] in RELABELLED) == (got["action"] == "relabel")
            row["kind"] += got["kind"] in kinds_allowed
            if got["kind"] not in kinds_allowed:
                errors.append((name, kind, f"{got['kind']} ({got['rule']})", text[start:end]))
        for i, a in enumerate(found):
            if i not in used:
                count["extra"] += 1
                errors.append((name, "extra", f"{a['kind']} ({a['rule']})", a["text"]))
    total = sum(kinds.values(), Counter())
    share = lambda row: " ".join(f"{key} {row[key] / row['all']:.3f}" for key in ("place", "action", "kind"))
    print(
        f"{path.stem}: {total['all']} blocks: {share(total)}; {count['extra']} found beside them; "
        f"{count['lost']} of {count['body']} paragraphs dropped, {count['touched']} dropped or relabelled"
    )
    for kind, row in sorted(kinds.items()):
        print(f"  {kind:14}{row['all']:4}  {share(row)}")
    if options.errors:
        for error in errors:
            print("  " + " | ".join(error))
