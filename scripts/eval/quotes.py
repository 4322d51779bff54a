#!/usr/bin/env python3
"""Quotations and speakers of `diptych quotes` against texts marked by hand.

usage: quotes.py GOLD... [--diptych PATH] [--errors] [--folds N]

A GOLD file is one of two shapes:
- passages (`tests/quotes/*.txt`): each begins with a line `== what it shows`, each further line is a paragraph; in
  it `{kind:speaker:verb|what is said}` marks a quotation, kind being d(irect), m(ixed), f(loating), i(ndirect),
  t(erm) or x (counts neither way), the speaker one name or several that are right apart by `/`. The language is
  what stands before `.txt` (`first-fr.txt`). All passages of a file are read at once, each as an article.
- JSON (`{"items": [{"text", "spans": [{"start", "end", "kind", "speaker"}]}]}`, French sentences with the longer
  stretches between marks labelled Q(uoted), F (no speaker in the sentence), N (no quotation) or X (counts neither
  way)): here Q and F are to be found and N to be left, shorter stretches count neither way, and a speaker is right
  when the name or the mention shares its last word with the labelled one.

A quotation is found when its span and the gold's have an intersection over union of 0.6 or more. Prints detection
(precision, recall, F1; `marked` are direct, mixed and floating), the F1 of quotation and speaker together, and the
share of verbs that are right, each with a 95 % interval from the spread over --folds parts (5; texts are dealt out
in turn). The rules are not fitted on the texts, so the parts only show how far the figure may swing.
"""
import argparse
import json
import pathlib
import re
import statistics
import subprocess
import unicodedata

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("gold", type=pathlib.Path, nargs="+")
parser.add_argument("--diptych", default="target/release/diptych", help="the command to measure")
parser.add_argument("--errors", action="store_true", help="print what is wrong, one line each")
parser.add_argument("--folds", type=int, default=5)
options = parser.parse_args()

KINDS = {"d": "direct", "m": "mixed", "f": "floating", "i": "indirect", "t": "term", "x": "free"}
MARKED = ("direct", "mixed", "floating")
MARK = re.compile(r"\{([dmfitx])(?::([^:|]*))?(?::([^|]*))?\|([^{}]*)\}")
# Words that do not tell names or verbs apart.
SMALL = set("le la les l du de des d un une one the of a an m mme mr mrs ms dr".split())
AUXILIARY = set("a ont avait avaient est sont t il elle has have had was were is been be aussi".split())


def words(text):
    plain = "".join(c for c in unicodedata.normalize("NFD", text or "") if not unicodedata.combining(c)).lower()
    return re.sub(r"[^a-z0-9]+", " ", plain).split()


def same_name(a, b):
    """As the scorer of articles has it: the last word, or half of the words."""
    a, b = ([w for w in words(x) if w not in SMALL] for x in (a, b))
    if not a or not b:
        return False
    return a[-1] == b[-1] or len(set(a) & set(b)) / min(len(set(a)), len(set(b))) >= 0.5


def passages(path):
    """Marked passages as (text, quotations, what it shows)."""
    found = []
    for block in re.split(r"^== ", path.read_text(encoding="utf8"), flags=re.M)[1:]:
        shows, _, body = block.partition("\n")
        text, quotes, at = "", [], 0
        for mark in MARK.finditer(body):
            text += body[at : mark.start()]
            kind, speakers, verb, said = mark.groups()
            names = [n for n in (speakers or "").split("/") if n]
            quotes.append((KINDS[kind], len(text), len(text) + len(said), names, verb or ""))
            text += said
            at = mark.end()
        found.append((text + body[at:].rstrip("\n"), quotes, shows))
    return found


def labelled(path):
    """Labelled sentences in the same shape; Q are `direct`, F `floating`, N `term`."""
    kinds = {"Q": "direct", "F": "floating", "N": "term", "X": "free"}
    found = []
    for item in json.loads(path.read_text(encoding="utf8"))["items"]:
        quotes = []
        for span in item["spans"]:
            who = span.get("speaker") or {}
            names = [who[k] for k in ("core", "text") if who.get(k)]
            quotes.append((kinds[span["kind"]], span["start"], span["end"], names, span.get("cue", "")))
        found.append((item["text"], quotes, item["id"]))
    return found


def predicted(texts, lang):
    """What the command finds in each text."""
    lines = [json.dumps({"id": str(i), "text": text, "lang": lang}) for i, text in enumerate(texts)]
    run = subprocess.run(
        [options.diptych, "quotes", "-"], input="\n".join(lines) + "\n", capture_output=True, text=True
    )
    found = [[] for _ in texts]
    for line in run.stdout.splitlines():
        quote = json.loads(line)
        found[int(quote["doc"])].append(quote)
    return found


def iou(a, b):
    common = min(a[1], b[1]) - max(a[0], b[0])
    return max(0, common) / max(1, max(a[1], b[1]) - min(a[0], b[0]))


def pair(gold, quotes):
    """Which quotation found is which of the gold's."""
    used, pairs = set(), {}
    for i, (_, start, end, *_) in enumerate(gold):
        best = max(((iou((start, end), q["raw"]), j) for j, q in enumerate(quotes) if j not in used), default=(0, 0))
        if best[0] >= 0.6:
            pairs[i] = best[1]
            used.add(best[1])
    return pairs


class Count:
    """Right, found and expected of each figure."""

    def __init__(self):
        self.of = {k: [0, 0, 0] for k in ("marked", "indirect", "speakers", "verbs")}

    def add(self, name, right, found, expected):
        for i, n in enumerate((right, found, expected)):
            self.of[name][i] += n

    def f1(self, name):
        right, found, expected = self.of[name]
        return 2 * right / (found + expected) if found + expected else None


def score(count, text, gold, quotes, shows, is_json):
    wrong = []
    for group, kinds in (("marked", MARKED), ("indirect", ("indirect",))):
        expected = [q for q in gold if q[0] in kinds]
        free = [q for q in gold if q[0] not in kinds and q[0] in ("free", "direct", "mixed", "floating")]
        got = [q for q in quotes if q["kind"] in kinds]
        if is_json and group == "indirect":
            continue
        pairs = pair(expected, got)
        by = {j: i for i, j in pairs.items()}
        for j, q in enumerate(got):
            if j in by:
                continue
            # What nobody labelled counts neither way where only longer stretches are.
            touches = [g for g in gold if iou((g[1], g[2]), q["raw"]) > 0]
            if (is_json and not touches) or any(g[0] == "free" for g in touches):
                continue
            count.add(group, 0, 1, 0)
            if q["speaker"]:
                count.add("speakers", 0, 1, 0)
            wrong.append(f"FALSE {group}: {q['text']} | {q['verb']} | {(q['speaker'] or {}).get('name')}")
        for i, (kind, start, end, names, verb) in enumerate(expected):
            q = got[pairs[i]] if i in pairs else None
            count.add(group, q is not None, q is not None, 1)
            said = text[start:end]
            if q is None:
                wrong.append(f"MISSED {group}: {said}")
            who = (q or {}).get("speaker")
            tellers = [t for t in ((who or {}).get("name"), is_json and (who or {}).get("mention")) if t]
            right = any(same_name(t, n) for t in tellers for n in names)
            if names or who:
                count.add("speakers", bool(right), who is not None, bool(names))
            if q and not right and (names or who):
                wrong.append(f"SPEAKER {tellers[:1]} for {names}: {said}")
            if q and verb:
                a, b = set(words(verb)) - AUXILIARY, set(words(q["verb"])) - AUXILIARY
                ok = bool(a & b) or not (a or b)
                count.add("verbs", ok, 1, 1)
                if not ok:
                    wrong.append(f"VERB {q['verb']} for {verb}: {said}")
    for line in wrong if options.errors else ():
        print(f"  [{shows}] {line}\n      IN {text!r}")


for path in options.gold:
    is_json = path.suffix == ".json"
    items = labelled(path) if is_json else passages(path)
    lang = "fr" if is_json else path.stem.rsplit("-", 1)[-1]
    found = predicted([t for t, *_ in items], lang)
    total, parts = Count(), [Count() for _ in range(options.folds)]
    for i, ((text, gold, shows), quotes) in enumerate(zip(items, found)):
        score(total, text, gold, quotes, shows, is_json)
        shown, options.errors = options.errors, False
        score(parts[i % options.folds], text, gold, quotes, shows, is_json)
        options.errors = shown
    print(f"{path.name}: {len(items)} texts")
    for name, (right, got, expected) in total.of.items():
        if not expected:
            continue
        swing = [f for f in (p.f1(name) for p in parts) if f is not None]
        half = 1.96 * statistics.stdev(swing) / len(swing) ** 0.5 if len(swing) > 1 else 0.0
        if name == "verbs":
            print(f"  verbs     {right / expected:.3f} +- {half:.3f} of {expected}")
        else:
            p, r = right / max(1, got), right / expected
            print(f"  {name:9} P {p:.3f} R {r:.3f} F1 {total.f1(name):.3f} +- {half:.3f} of {expected}")
