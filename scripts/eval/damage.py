#!/usr/bin/env python3
"""Articles damaged as scrapers damage them: how much of the damage the cleaner undoes.

usage: damage.py [--diptych PATH] [--errors] GOLD...

GOLD: folders in the shape of an output folder with `texts` beside (`tests/gold/newsroom`). Each article is damaged
in each of the ways below, every one a list of edits on its raw text through which the gold's places are carried
along, and read with `diptych clean`. Printed for each way, over all articles: F1 of the places where body sentences
begin (within 2 characters), the share of body sentences lost (less than half of one is left in the body), recall and
F1 of furniture by place (IoU >= 0.5, a credit behind its caption on one line being one with it), as the scorer of
articles counts them. `none` is the text as it is. What --errors prints is each sentence and block that is missed.
"""
import argparse
import html
import json
import pathlib
import random
import re
import subprocess

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("gold", nargs="+", type=pathlib.Path)
parser.add_argument("--diptych", default="target/release/diptych", help="the command to measure")
parser.add_argument("--errors", action="store_true", help="print what is missed")
options = parser.parse_args()

BLOCKS = set("date_header byline timestamp credit caption tag related section_label share promo ad nav agency correction title standfirst heading".split())
BODY = {"date_header", "merged_boundary"}


class Article:
    """A text, where its body sentences stand, and its blocks as (kind, start, end)."""

    def __init__(self, record, text):
        self.id, self.lang, self.text = record["id"], record["lang"], text
        self.sentences = [tuple(s["raw"]) for s in record["sentences"] if s["role"] == "body"]
        self.blocks = [(a["kind"], *a["raw"]) for a in record["artefacts"] if a["kind"] in BLOCKS]

    def gaps(self):
        """The white space between two body sentences with nothing but it between."""
        for (_, end), (start, _) in zip(self.sentences, self.sentences[1:]):
            if end < start and not self.text[end:start].strip():
                yield end, start

    def lines(self):
        """Starts and ends of lines that say something."""
        return [(m.start(), m.end()) for m in re.finditer(r"[^\n]*\S[^\n]*", self.text)]


def merged(article, dice):
    """Half of the breaks between paragraphs lost, with the space."""
    return [(a, b, "") for a, b in article.gaps() if "\n" in article.text[a:b] and dice.random() < 0.5]


def glued_quotes(article, dice):
    """The space after a closing mark at a sentence's end lost."""
    return [(a, b, "") for a, b in article.gaps() if article.text[a - 1] in "»”\"’" and "\n" not in article.text[a:b]]


def glued_sentences(article, dice):
    """One space in four between sentences lost."""
    return [(a, b, "") for a, b in article.gaps() if "\n" not in article.text[a:b] and dice.random() < 0.25]


def header(article, dice):
    """A date before the text, and its first line on one line with it."""
    if article.blocks and article.blocks[0][0] == "date_header":
        return []
    return [(0, 0, " date 2022-05 ")]


def headline_glued(article, dice):
    """What stands between the headline and the first sentence lost, a space for it, under a date."""
    start = article.sentences[0][0]
    titles = [(s, e) for kind, s, e in article.blocks if kind == "title" and e < start]
    opens = titles and not article.text[: titles[0][0]].strip()
    return [(0, 0, " date 2022-05 "), (titles[0][1], start, " ")] if opens else []


def one_break(article, dice):
    """No blank line anywhere."""
    return [(m.start(), m.end(), "\n") for m in re.finditer(r"\n\s*\n", article.text)]


def wrapped(article, dice):
    """Lines broken at 76 characters."""
    edits = []
    for start, end in article.lines():
        at = start
        while end - at > 76:
            space = article.text.rfind(" ", at, at + 76)
            if space <= at:
                break
            edits.append((space, space + 1, "\n"))
            at = space + 1
    return edits


def credit_in_caption(article, dice):
    """A credit under its caption put behind it, with one of four signs."""
    edits = []
    for (kind, _, end), (other, start, _) in zip(article.blocks, article.blocks[1:]):
        if kind == "caption" and other == "credit" and "\n" in article.text[end:start]:
            edits.append((end, start, dice.choice([" ", " - ", " | ", " / "])))
    return edits


def bullets(article, dice):
    """Topics on lines of their own with a bullet."""
    edits = []
    for kind, start, _ in article.blocks:
        line = article.text.rfind("\n", 0, start) + 1
        if kind == "tag" and not article.text[line:start].strip() and article.text[start] not in "•#-*":
            edits.append((start, start, "  • "))
    return edits


def mojibake(article, dice):
    """UTF-8 read as Windows-1252."""
    edits = []
    for at, c in enumerate(article.text):
        if not c.isascii():
            wrong = "".join(bytes([b]).decode("cp1252", "replace") if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(b) for b in c.encode())
            edits.append((at, at + 1, wrong))
    return edits


def entities(article, dice):
    """Accents, marks and signs as character references."""
    names = {"é": "&eacute;", "è": "&egrave;", "à": "&agrave;", "«": "&laquo;", "»": "&raquo;", "’": "&rsquo;", "'": "&#39;", '"': "&quot;", "\u00a0": "&nbsp;", "“": "&ldquo;", "”": "&rdquo;"}
    return [(at, at + 1, names[c]) for at, c in enumerate(article.text) if c in names]


def spaced(article, dice):
    """Spaces doubled, tabs and no-break spaces among them, lines indented."""
    edits = [(m.start(), m.end(), dice.choice(["  ", "\t", "\u00a0 "])) for m in re.finditer(r"(?<=\S) (?=\S)", article.text) if dice.random() < 0.05]
    return sorted(edits + [(start, start, "    ") for start, _ in article.lines()])


def carriage(article, dice):
    """Lines that end as in Windows, one empty line more between paragraphs."""
    return [(m.start(), m.end(), "\r\n" * (1 if len(m.group()) == 1 else 4)) for m in re.finditer(r"\n+", article.text)]


def related_glued(article, dice):
    """A pointer to another article at the end of the paragraph before it."""
    edits = []
    for kind, start, end in article.blocks:
        above = article.text[:start].rstrip()
        if kind == "related" and any(e == len(above) for _, e in article.sentences) and "\n" in article.text[len(above) : start]:
            edits.append((len(above), start, " "))
    return edits


WAYS = [None, merged, glued_quotes, glued_sentences, header, headline_glued, one_break, wrapped, credit_in_caption, bullets, mojibake, entities, spaced, carriage, related_glued]


def damaged(article, edits):
    """The text with the edits, and a function that carries places along."""
    out, at, moves = [], 0, []
    for start, end, new in edits:
        out += [article.text[at:start], new]
        moves.append((start, end, len(new)))
        at = end
    out.append(article.text[at:])

    def carry(place, last=False):
        shift = 0
        for start, end, length in moves:
            if end <= place and not (last and start == end == place):
                shift += length - (end - start)
            elif start < place:
                return start + shift + length
            else:
                break
        return place + shift

    return "".join(out), carry


def overlap(a, b):
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def iou(a, b):
    return overlap(a, b) / max(1, max(a[1], b[1]) - min(a[0], b[0]))


def one_line(blocks, text):
    """A credit on its caption's line is part of the caption."""
    out = []
    for kind, start, end in sorted(blocks, key=lambda b: b[1:]):
        if out and kind == "credit" and out[-1][0] == "caption" and 0 <= start - out[-1][2] <= 4 and "\n" not in text[out[-1][2] : start]:
            out[-1] = ("caption", out[-1][1], end)
        else:
            out.append((kind, start, end))
    return out


def near(place, places):
    return any(abs(place - p) <= 2 for p in places)


def f1(hits, found, gold):
    return 2 * hits / (found + gold) if found + gold else 1.0


articles = []
for folder in options.gold:
    texts = {path.stem: path.read_text(encoding="utf8") for path in sorted((folder / "texts").rglob("*.txt"))}
    for line in (folder / "documents.jsonl").read_text(encoding="utf8").splitlines():
        record = json.loads(line)
        articles.append(Article(record, texts[record["id"]]))

for way in WAYS:
    name = way.__name__ if way else "none"
    made, source = [], ""
    for article in articles:
        edits = way(article, random.Random(article.id)) if way else []
        if way and not edits:
            continue
        text, carry = damaged(article, edits)
        sentences = [(carry(s), carry(e, True)) for s, e in article.sentences]
        blocks = [(k, carry(s), carry(e, True)) for k, s, e in article.blocks if not any(a <= s and e <= b for a, b, _ in edits)]
        if text.startswith(" date ") and not article.text.startswith(" date "):
            blocks.insert(0, ("date_header", 0, len(" date 2022-05 ")))
        made.append((article.id, text, sentences, one_line(blocks, text)))
        source += json.dumps({"id": article.id, "text": text, "lang": article.lang}) + "\n"
    if not made:
        continue
    run = subprocess.run([options.diptych, "clean", "-"], input=source, capture_output=True, text=True, check=True)
    starts, place, lost, total = [0, 0, 0], [0, 0, 0], 0, 0
    for (who, text, sentences, blocks), line in zip(made, run.stdout.splitlines()):
        record = json.loads(line)
        body = [tuple(s["raw"]) for s in record["sentences"] if s["role"] == "body"]
        gold, found = [s for s, _ in sentences], [s for s, _ in body]
        missed = [s for s in gold if not near(s, found)]
        starts = [starts[0] + len(gold) - len(missed), starts[1] + len(found), starts[2] + len(gold)]
        for s, e in sentences:
            gone = 2 * sum(overlap((s, e), b) for b in body) < e - s
            lost, total = lost + gone, total + 1
            if gone and options.errors:
                print(f"  {name} {who} lost: {text[s:e][:90]!r}")
        got = one_line([(a["kind"], *a["raw"]) for a in record["artefacts"] if a["kind"] in BLOCKS], text)
        used = set()
        for kind, s, e in blocks:
            best = max((j for j in range(len(got)) if j not in used), key=lambda j: iou((s, e), got[j][1:]), default=None)
            if best is not None and iou((s, e), got[best][1:]) >= 0.5:
                used.add(best)
            elif options.errors:
                print(f"  {name} {who} {kind}: {text[s:e][:90]!r}")
        place = [place[0] + len(used), place[1] + len(got), place[2] + len(blocks)]
        if options.errors:
            for s in missed:
                print(f"  {name} {who} no start: {text[max(0, s - 40):s]!r} + {text[s:s + 40]!r}")
            for s in found:
                if not near(s, gold):
                    print(f"  {name} {who} false start: {text[max(0, s - 40):s]!r} + {text[s:s + 40]!r}")
    recall = place[0] / max(1, place[2])
    print(f"{name:18}{len(made):4} articles: starts {f1(*starts):.3f}  lost {100 * lost / total:.2f} %  furniture recall {recall:.3f} F1 {f1(*place):.3f}")
