#!/usr/bin/env python3
"""Trains the table of word meanings `src/rules/any/meaning.tsv` from parallel sentences.

usage: meaning.py PAIRS.tsv[.xz]... -o TABLE.tsv [--most SOURCE=N]... [--without FILE...]    (needs numpy, scipy, snowballstemmer)

A line of PAIRS ends in two columns, French and English; a column before them names
its source, of which at most N lines are read (evenly spread); --without is as in
`encoder.py`. Both sentences of a
pair are one bag of stems, so that a word is known by the words of both languages
around it and a French word lies near its English translation. From the counts of
words that stand in one bag comes the matrix of positive pointwise mutual information
(contexts smoothed to the power 0.75), from that the singular vectors weighted with
the root of their singular values (Levy, Goldberg and Dagan, TACL 2015).

A row of the table is a language, a stem as the aligner makes them (accents folded)
and its vector of length 1, a character a dimension: the place of the character in
the base64 alphabet, 0 to 63, stands for -1 to 1 in steps of the dimension's scale,
which the program does not need to know, since only cosines are taken.
"""
import argparse, collections
import numpy as np, scipy.sparse as sp, snowballstemmer

from pairs import ALPHABET, WORD, fold, lines

DIMENSIONS, MIN_COUNT, MAX_STEMS, FREQUENT = 48, 25, 14000, 0.06   # stems a language; words in more of all sentences are no content

class Stems:
    def __init__(self, lang):
        self.stemmer = snowballstemmer.stemmer({"fr": "french", "en": "english"}[lang]); self.known = {}; self.lang = lang
    def of(self, text):
        out = set()
        for w in WORD.findall(text.lower()):
            if w not in self.known:
                self.known[w] = None if len(w) < 3 or any(c.isdigit() for c in w) else (self.lang, fold(self.stemmer.stemWord(w)))
            if self.known[w]: out.add(self.known[w])
        return out

def main():
    ap = argparse.ArgumentParser(); ap.add_argument("pairs", nargs="+"); ap.add_argument("-o", required=True); ap.add_argument("--most", action="append", default=[]); ap.add_argument("--without", nargs="*", default=[]); args = ap.parse_args()
    most = {k: int(v) for k, v in (m.split("=") for m in args.most)}
    have = collections.Counter(source for source, _, _ in lines(args.pairs, args.without)) if most else {}
    fr, en = Stems("fr"), Stems("en"); ids, counts, rows, seen = {}, collections.Counter(), [], collections.Counter()
    for source, a, b in lines(args.pairs, args.without):
        seen[source] += 1
        if source in most and seen[source] * most[source] // have[source] == (seen[source] - 1) * most[source] // have[source]: continue
        bag = sorted(fr.of(a) | en.of(b))[:120]
        counts.update(bag); rows.append(np.array([ids.setdefault(s, len(ids)) for s in bag], np.int32))
    keep = {lang: sorted((s for s, n in counts.items() if s[0] == lang and MIN_COUNT <= n <= FREQUENT * len(rows)), key=lambda s: (-counts[s], s))[:MAX_STEMS] for lang in ("fr", "en")}
    stems = keep["fr"] + keep["en"]; place = np.full(len(ids), -1, np.int32)
    for k, s in enumerate(stems): place[ids[s]] = k
    cols = [place[r] for r in rows]; cols = [c[c >= 0] for c in cols]; indptr = np.concatenate([[0], np.cumsum([len(c) for c in cols])])
    X = sp.csr_matrix((np.ones(indptr[-1], np.float32), np.concatenate(cols), indptr), shape=(len(cols), len(stems)))
    print(f"{len(cols)} pairs, {len(stems)} stems", flush=True)
    C = (X.T @ X).tocoo(); off = C.row != C.col; r, c, v = C.row[off], C.col[off], C.data[off]
    few = v >= 3; r, c, v = r[few], c[few], v[few]
    total = np.bincount(r, v, len(stems)); context = total ** 0.75; context /= context.sum()
    pmi = np.log(v / (total[r] * context[c])); up = pmi > 0
    M = sp.csr_matrix((pmi[up].astype(np.float32), (r[up], c[up])), shape=C.shape); print(M.nnz, "associations", flush=True)
    rng = np.random.default_rng(1); Q = rng.standard_normal((M.shape[1], DIMENSIONS + 16)).astype(np.float32)
    for _ in range(4): Q = np.linalg.qr(M @ Q)[0]; Q = np.linalg.qr(M.T @ Q)[0]
    U, S, _ = np.linalg.svd(M @ Q, full_matrices=False)
    V = U[:, :DIMENSIONS] * S[:DIMENSIONS] ** 0.5
    V /= np.linalg.norm(V, axis=1, keepdims=True) + 1e-9
    V -= V.mean(axis=0); V /= np.linalg.norm(V, axis=1, keepdims=True) + 1e-9   # all words lean one way
    codes = np.clip(np.rint(31.5 + 63 * V), 0, 63).astype(int)
    with open(args.o, "w", encoding="utf8") as out:
        out.write("# Written by scripts/align/meaning.py: stems with what they mean, as vectors of one space for both languages.\nlang\tstem\tvector\n")
        for (lang, stem), row in zip(stems, codes): out.write(f"{lang}\t{stem}\t{''.join(ALPHABET[k] for k in row)}\n")

main()
