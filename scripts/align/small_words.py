#!/usr/bin/env python3
"""Trains the vectors of small words `src/rules/any/encoder_small_words.tsv` from parallel sentences.

usage: small_words.py PAIRS.tsv[.xz]... -o TABLE.tsv [--most SOURCE=N]... [--without FILE...]    (needs numpy, numba, snowballstemmer)

PAIRS, --most and --without are as in `encoder.py`.

Words of content keep the vectors of `src/rules/any/encoder.tsv`; those of the words that
stand in the stop lists, of single letters (`j'`, `n't`) and of the question mark are
trained, as `encoder.py` trains, so that a sentence by all its words is nearer to its
translation than to its neighbours'. A row of the table is as in `encoder.tsv`, with the
word, accents folded, in place of the stem, and its length in hundredths of the mean of
the words of content.
"""
import argparse, collections, re
import numpy as np

from encoder import BATCH, DIMENSIONS, MAX_WORDS, MIN_COUNT, RULES, STRETCH, Stems, Training, stretches
from pairs import ALPHABET, fold, lines

WORD = re.compile(r"[^\W_]+|\?")
EPOCHS = 5

def content():
    """The vectors of `encoder.tsv` by language and stem."""
    table = {}
    for line in open(RULES / "any/encoder.tsv", encoding="utf8"):
        if line[0] == "#" or line.startswith("lang\t"): continue
        lang, stem, length, cell = line.rstrip("\n").split("\t"); v = np.array([ALPHABET.index(c) for c in cell], np.float32) - 31.5
        table[lang, stem] = v * float(length) / 100 / np.linalg.norm(v)
    return table

class Words(Stems):
    """The words of one language's sentences by number: known words of content by their stems, small ones with a tilde before them."""
    def __init__(self, lang, table):
        super().__init__(lang); self.content = {stem for of, stem in table if of == lang}
    def word(self, w):
        if any(c.isdigit() for c in w): return None
        if len(w) == 1 or w in self.stop or fold(w) in self.stop: return "~" + fold(w)
        stem = fold(self.stemmer.stemWord(w)); return stem if stem in self.content else None
    def of(self, text):
        out = {}   # each once, in order
        for w in WORD.findall(text.lower()):
            if w not in self.known: self.known[w] = self.word(w)
            if self.known[w] is not None: out[self.known[w]] = 1
        self.counts.update(out.keys())
        return np.array([self.ids.setdefault(s, len(self.ids)) for s in out], np.int32)
    def frequent(self, sentences):
        """The words to keep; renumbers the sentences by them."""
        self.keep = [s for s, n in self.counts.most_common() if n >= MIN_COUNT]
        place = np.full(len(self.ids), -1, np.int32)
        for k, s in enumerate(self.keep): place[self.ids[s]] = k
        return [c[c >= 0][:MAX_WORDS] for c in (place[r] for r in sentences)]

def train(sides, words, table):
    rng = np.random.default_rng(1); n = len(sides[0]); steps = int(EPOCHS * n / BATCH); V, kept = [], []
    for lang, of in words.items():
        kept.append(np.array([k for k, s in enumerate(of.keep) if s[0] != "~"])); V.append((0.02 * rng.standard_normal((len(of.keep), DIMENSIONS))).astype(np.float32))
        V[-1][kept[-1]] = [table[lang, of.keep[k]] for k in kept[-1]]
    fixed = [v[k].copy() for v, k in zip(V, kept)]
    training = Training(sides, lambda _: V)
    for at in range(steps):
        training.step(stretches(rng, n, BATCH // STRETCH), at, steps)
        for v, k, f in zip(V, kept, fixed): v[k] = f
        if at % 500 == 0: print(f"{at} of {steps}: loss {training.loss:.3f}", flush=True)
    return V

def main():
    ap = argparse.ArgumentParser(); ap.add_argument("pairs", nargs="+"); ap.add_argument("-o", required=True); ap.add_argument("--most", action="append", default=[]); ap.add_argument("--without", nargs="*", default=[]); args = ap.parse_args()
    most = {k: int(v) for k, v in (m.split("=") for m in args.most)}; seen = collections.Counter(); table = content()
    words = {l: Words(l, table) for l in ("fr", "en")}; fr, en = [], []
    for source, a, b in lines(args.pairs, args.without):
        seen[source] += 1
        if seen[source] > most.get(source, 1 << 60): continue
        fr.append(words["fr"].of(a)); en.append(words["en"].of(b))
    fr, en = words["fr"].frequent(fr), words["en"].frequent(en)
    enough = [i for i in range(len(fr)) if len(fr[i]) > 1 and len(en[i]) > 1]; print(f"{len(enough)} pairs", flush=True)
    V = train([[fr[i] for i in enough], [en[i] for i in enough]], words, table)
    with open(args.o, "w", encoding="utf8") as out:
        out.write("# Written by scripts/align/small_words.py: small words with what they add to the meaning of a sentence beside the words of content (any/encoder), and how long their vectors are, in hundredths of the mean of those.\nlang\tword\tlength\tvector\n")
        for (lang, of), vectors in zip(words.items(), V):
            for word, v in zip(of.keep, vectors):
                if word[0] != "~": continue
                codes = np.clip(np.rint(31.5 + 31.5 * v / np.abs(v).max()), 0, 63).astype(int)
                out.write(f"{lang}\t{word[1:]}\t{round(100 * np.linalg.norm(v))}\t{''.join(ALPHABET[k] for k in codes)}\n")

if __name__ == "__main__":
    main()
