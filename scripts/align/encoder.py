#!/usr/bin/env python3
"""Trains the sentence vectors `src/rules/any/encoder.tsv` from parallel sentences.

usage: encoder.py PAIRS.tsv[.xz]... -o TABLE.tsv [--most SOURCE=N]... [--without FILE...] [--news PREFIX]    (needs numpy, numba, snowballstemmer)

A line of PAIRS ends in two columns, French and English; a column before them names
its source, of which the first N lines are read. Pairs that share a line, or seven words
in a row, with a FILE are left out, so that what is scored on those files was not learnt
from them. A sentence's vector is the sum of its
stems' vectors, of any length each, brought to length 1 (Wieting et al., ACL 2019). They
are trained so that a sentence is nearer to its translation than to any other of its
batch, both ways (softmax over cosines divided by 0.07, Adagrad, words left out at
random). A batch is made of stretches of neighbouring lines: most of the others are
of the same text and subject, so that a subject in common is not enough, as in two
reports of one event. Sources that begin with PREFIX give six stretches of each batch.

A row of the table is a language, a stem as the aligner makes them (accents folded), the
length of its vector in hundredths of the mean, and the vector itself, a character
a dimension: its place in the base64 alphabet, 0 to 63, stands for -1 to 1.
"""
import argparse, collections, pathlib
import numpy as np, snowballstemmer
from numba import njit

from pairs import ALPHABET, WORD, fold, lines

DIMENSIONS, MIN_COUNT, MAX_STEMS, MAX_WORDS = 96, 12, 18000, 40   # stems a language, stems a sentence
BATCH, STRETCH, NEWS, EPOCHS, RATE, TEMPERATURE, LEFT_OUT = 1024, 16, 6, 5, 0.08, 0.07, 0.15
RULES = pathlib.Path(__file__).parents[2] / "src/rules"

class Stems:
    """The stems of one language's sentences by number."""
    def __init__(self, lang):
        self.stemmer = snowballstemmer.stemmer({"fr": "french", "en": "english"}[lang]); self.known, self.ids, self.counts = {}, {}, collections.Counter()
        self.stop = {l.split("\t")[0].strip() for l in open(RULES / lang / "stop_words.tsv", encoding="utf8") if not l.startswith("#")}
    def of(self, text):
        out = {}   # each once, in order
        for w in WORD.findall(text.lower()):
            if w not in self.known:
                content = len(w) > 1 and w not in self.stop and fold(w) not in self.stop and not any(c.isdigit() for c in w)
                self.known[w] = fold(self.stemmer.stemWord(w)) if content else None
            if self.known[w] is not None: out[self.known[w]] = 1
        self.counts.update(out.keys())
        return np.array([self.ids.setdefault(s, len(self.ids)) for s in out], np.int32)
    def frequent(self, sentences):
        """The stems to keep; renumbers the sentences by them."""
        self.keep = [s for s, n in self.counts.most_common(MAX_STEMS) if n >= MIN_COUNT]
        place = np.full(len(self.ids), -1, np.int32)
        for k, s in enumerate(self.keep): place[self.ids[s]] = k
        return [c[c >= 0][:MAX_WORDS] for c in (place[r] for r in sentences)]

@njit(cache=True, fastmath=True)
def add_up(vectors, words, starts, rows, left_out, seed, out, used):
    np.random.seed(seed)
    for k in range(len(rows)):
        start, end = starts[rows[k]], starts[rows[k] + 1]
        out[k] = 0
        for t in range(start, end):
            used[k, t - start] = np.random.random() >= left_out
            if used[k, t - start]: out[k] += vectors[words[t]]

@njit(cache=True, fastmath=True)
def step(vectors, squares, words, starts, rows, gradients, used, rate):
    for k in range(len(rows)):
        start, end = starts[rows[k]], starts[rows[k] + 1]
        for t in range(start, end):
            if used[k, t - start]:
                for d in range(vectors.shape[1]):
                    g = gradients[k, d]; squares[words[t], d] += g * g; vectors[words[t], d] -= rate * g / np.sqrt(squares[words[t], d])

class Training:
    """Vectors of the words of both languages, brought step by step to where a sentence of one lies by its translation."""
    def __init__(self, sides, vectors):
        self.flat = [(np.concatenate(s), np.concatenate([[0], np.cumsum([len(r) for r in s])])) for s in sides]
        self.vectors = vectors(self.flat); self.loss = None   # a moving mean
        self.squares = [np.full(v.shape, 1e-4, np.float32) for v in self.vectors]
        self.sums = [np.zeros((BATCH, DIMENSIONS), np.float32) for _ in self.vectors]; self.used = [np.zeros((BATCH, MAX_WORDS), np.bool_) for _ in self.vectors]
    def step(self, rows, at, steps):
        """Learns from a batch of rows, in step `at` of so many."""
        diagonal = np.arange(BATCH), np.arange(BATCH)
        for k, (words, starts) in enumerate(self.flat): add_up(self.vectors[k], words, starts, rows, LEFT_OUT, 2 * at + k, self.sums[k], self.used[k])
        lengths = [np.linalg.norm(u, axis=1, keepdims=True) + 1e-6 for u in self.sums]; A, B = (u / l for u, l in zip(self.sums, lengths))
        S = A @ B.T / TEMPERATURE
        P = np.exp(S - S.max(1, keepdims=True)); P /= P.sum(1, keepdims=True); Q = np.exp(S - S.max(0, keepdims=True)); Q /= Q.sum(0, keepdims=True)
        now = -np.log(P[diagonal] + 1e-9).mean(); self.loss = now if self.loss is None else 0.98 * self.loss + 0.02 * now
        D = (P + Q) / 2; D[diagonal] -= 1; D /= TEMPERATURE
        for k, (E, g) in enumerate(((A, D @ B), (B, D.T @ A))):
            g = (g - E * (g * E).sum(1, keepdims=True)) / lengths[k]
            step(self.vectors[k], self.squares[k], *self.flat[k], rows, g.astype(np.float32), self.used[k], RATE * (1.02 - at / steps))

def stretches(rng, among, count):
    """Rows of so many stretches of neighbouring lines, of so many lines or of those listed."""
    first = rng.integers(0, (among if isinstance(among, int) else len(among)) - STRETCH, count)
    rows = (first[:, None] + np.arange(STRETCH)).ravel()
    return rows if isinstance(among, int) else among[rows]

def train(sides, sizes, news):
    rng = np.random.default_rng(1); n = len(sides[0]); steps = int(EPOCHS * n / BATCH)
    def start(flat):   # at first rare words are long
        idfs = (np.log(n / np.bincount(words, minlength=size).clip(1)) / 6 for (words, _), size in zip(flat, sizes))
        return [(rng.standard_normal((len(idf), DIMENSIONS)) * 0.1 * idf[:, None]).astype(np.float32) for idf in idfs]
    training = Training(sides, start)
    of_news = NEWS if len(news) > STRETCH else 0
    for at in range(steps):
        rows = stretches(rng, n, BATCH // STRETCH - of_news)
        if of_news: rows = np.concatenate([rows, stretches(rng, news, of_news)])
        training.step(rows, at, steps)
        if at % 1000 == 0: print(f"{at} of {steps}: loss {training.loss:.3f}", flush=True)
    return training.vectors

def main():
    ap = argparse.ArgumentParser(); ap.add_argument("pairs", nargs="+"); ap.add_argument("-o", required=True); ap.add_argument("--most", action="append", default=[]); ap.add_argument("--news", default="news"); ap.add_argument("--without", nargs="*", default=[]); args = ap.parse_args()
    most = {k: int(v) for k, v in (m.split("=") for m in args.most)}; seen = collections.Counter()
    stems = {l: Stems(l) for l in ("fr", "en")}; fr, en, news = [], [], []
    for source, a, b in lines(args.pairs, args.without):
        seen[source] += 1
        if seen[source] > most.get(source, 1 << 60): continue
        fr.append(stems["fr"].of(a)); en.append(stems["en"].of(b)); news.append(source.startswith(args.news))
    fr, en = stems["fr"].frequent(fr), stems["en"].frequent(en)
    enough = [i for i in range(len(fr)) if len(fr[i]) > 1 and len(en[i]) > 1]; print(f"{len(enough)} pairs", flush=True)
    V = train([[fr[i] for i in enough], [en[i] for i in enough]], [len(s.keep) for s in stems.values()], np.flatnonzero([news[i] for i in enough]))
    mean = np.mean([np.linalg.norm(v, axis=1).mean() for v in V])
    with open(args.o, "w", encoding="utf8") as out:
        out.write("# Written by scripts/align/encoder.py: stems with what they add to the meaning of a sentence, as vectors of one space for both languages, and how long these are, in hundredths of the mean.\nlang\tstem\tlength\tvector\n")
        for (lang, s), vectors in zip(stems.items(), V):
            for stem, v in zip(s.keep, vectors):
                codes = np.clip(np.rint(31.5 + 31.5 * v / np.abs(v).max()), 0, 63).astype(int)
                out.write(f"{lang}\t{stem}\t{round(100 * np.linalg.norm(v) / mean)}\t{''.join(ALPHABET[k] for k in codes)}\n")

if __name__ == "__main__":
    main()
