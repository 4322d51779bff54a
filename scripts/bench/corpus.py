#!/usr/bin/env python3
"""A collection of any size for the aligner, out of a few aligned articles.

usage: corpus.py N OUT/documents.jsonl DOCUMENTS.jsonl... [--events-a-day 25] [--texts]

DOCUMENTS are what `diptych run` wrote for articles of which several tell one event
(an id is `EVENT-PAPER`). An event of the collection is one of theirs with nearly
all of its content words exchanged for others of the language, its names for invented ones
and its digits for others, the same in all its papers, so that papers on one event
still share what they shared and other events tell of other things in the words of
the news. Events follow at a constant rate, each on a day of its own, a tenth of the
articles without a date. With --texts the articles are written as `diptych run` reads
them, a sentence a paragraph, and not as it records them. The same arguments give the
same bytes.
"""
import argparse, datetime, json, pathlib, random, re

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORD = re.compile(r"[^\W\d_]+|\d+")
SYLLABLES = [c + v for c in "bcdfglmnprstvz" for v in ("a", "e", "i", "o", "u", "an", "el", "or")]

def pool(lang):
    """Words of some length, without the most frequent."""
    rows = (l.rstrip("\n").split("\t") for l in open(ROOT / f"src/rules/{lang}/frequency.tsv", encoding="utf8") if l[0] != "#")
    return [w for w, bits, *_ in rows if len(w) > 4 and w.isalpha() and bits.replace(".", "").isdigit() and float(bits) > 11]

def stop_words():
    return {l.split("\t")[0] for lang in ("fr", "en") for l in open(ROOT / f"src/rules/{lang}/stop_words.tsv", encoding="utf8") if l[0] != "#"}

class Event:
    """The exchange of words of one event."""
    def __init__(self, seed, pools):
        self.rng = random.Random(seed); self.pools = pools; self.known = {}
        self.digits = dict(zip("23456789", self.rng.sample("23456789", k=8)))
    def word(self, word, lang):
        if word.isdigit(): return word if re.fullmatch("(19|20)..", word) else "".join(self.digits.get(c, c) for c in word)
        if len(word) < 3 or word in self.pools["stop"]: return word
        key = (lang if word.islower() else None, word)
        if key not in self.known:
            if not word.islower(): new = "".join(self.rng.choice(SYLLABLES) for _ in range(3)).capitalize()
            else: new = self.rng.choice(self.pools[lang]) if self.rng.random() < 0.95 else word
            self.known[key] = new
        return self.known[key]
    def text(self, text, lang): return WORD.sub(lambda m: self.word(m[0], lang), text)
    def name(self, key):
        """A key is lower case: its words are exchanged as names are."""
        return " ".join(self.word(w.capitalize(), None).lower() for w in key.split(" "))

def varied(record, event, ident, date, pools):
    r = json.loads(json.dumps(record)); lang = r["lang"]
    r["id"], r["date"], r["title"], r["text"], r["artefacts"] = ident, date, None, "", []
    for s in r["sentences"]:
        s["text"] = event.text(s["text"], lang)
        if s.get("translation"): s["translation"]["text"] = event.text(s["translation"]["text"], "en")
    for q in r["quotes"]:
        q["text"] = event.text(q["text"], lang)
        if q["speaker"]:
            q["speaker"]["name"] = event.text(q["speaker"]["name"], lang); q["speaker"]["key"] = event.name(q["speaker"]["key"])
            if q["speaker"].get("mention"): q["speaker"]["mention"] = event.text(q["speaker"]["mention"], lang)
    for e in r["entities"]:
        e["text"] = event.text(e["text"], lang)
        if e["kind"] in ("person", "organisation", "place"): e["key"] = event.name(e["key"])
        elif e["kind"] == "number": e["key"] = event.text(e["key"], "en")
        else: e["key"] = date or e["key"]
    return r

def main():
    ap = argparse.ArgumentParser(); ap.add_argument("n", type=int); ap.add_argument("out"); ap.add_argument("documents", nargs="+"); ap.add_argument("--events-a-day", type=int, default=25); ap.add_argument("--texts", action="store_true"); args = ap.parse_args()
    base = {}
    for path in args.documents:
        for line in open(path, encoding="utf8"):
            r = json.loads(line); base.setdefault(r["id"].split("-")[0], []).append(r)
    events = [base[k] for k in sorted(base)]; pools = {lang: pool(lang) for lang in ("fr", "en")} | {"stop": stop_words()}; written = number = 0
    with open(args.out, "w", encoding="utf8") as out:
        while written < args.n:
            rng = random.Random(number); event = Event(number, pools)
            day = datetime.date(2000, 1, 1) + datetime.timedelta(days=number // args.events_a_day)
            for paper, record in enumerate(rng.choice(events)):
                if written == args.n: break
                date = None if rng.random() < 0.1 else str(day)
                new = varied(record, event, f"{number:06}-{paper}", date, pools); written += 1
                if args.texts: new = {"id": new["id"], "lang": new["lang"], "date": date, "text": "\n\n".join(s["text"] for s in new["sentences"] if s["role"] == "body")}
                out.write(json.dumps(new, ensure_ascii=False) + "\n")
            number += 1
    print(f"{written} articles on {number} events over {number // args.events_a_day + 1} days")

main()
