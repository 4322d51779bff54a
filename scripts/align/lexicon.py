#!/usr/bin/env python3
"""Trains the word table `src/rules/fr/lexicon_en.tsv` from parallel sentences.

usage: lexicon.py PAIRS.tsv[.xz]... -o TABLE.tsv     (needs numpy, scipy, numba)

A line of PAIRS ends in two columns, French and English (columns before them are
ignored). IBM model 1 (Brown et al., 1993) is trained in both directions; the
expected number of links of a word pair is the sum over sentences of the product
of both posteriors (Liang et al., 2006), which keeps only links both directions
agree on. For each French word the table holds the English words it is linked to,
each with its share of the French word's links and the French word's share of the
English word's links, in percent; at most eight, those with a share of 3 % or more.

Words are what the aligner's own splitter gives: runs of letters and digits, in
lower case, accents folded. Words of fewer than three letters, numbers, and words
seen in fewer than 8 sentences are left out.
"""
import argparse, collections, lzma, re, unicodedata
import numpy as np, scipy.sparse as sp
from numba import njit

WORD = re.compile(r"[^\W_]+")
MIN_COUNT, MAX_WORDS, MAX_LEN, ROUNDS = 8, 60000, 60, 4

def words(text):
    text = unicodedata.normalize("NFD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    return WORD.findall("".join(c for c in text if not unicodedata.combining(c)))

def keep(w):
    return len(w) > 2 and not any(c.isdigit() for c in w)

@njit(cache=True)
def find(indptr, indices, row, col):
    lo, hi = indptr[row], indptr[row + 1]
    while lo < hi:
        mid = (lo + hi) // 2
        if indices[mid] < col: lo = mid + 1
        else: hi = mid
    return lo

@njit(cache=True)
def em(a, ap, b, bp, indptr, indices, t, u, link, last):
    """One round. t[f,e] = p(e|f), u[f,e] = p(f|e) on one sparse pattern; gives new counts for both."""
    ct, cu = np.zeros_like(t), np.zeros_like(u)
    at = np.zeros((200, 200), np.int64); p = np.zeros((200, 200)); q = np.zeros((200, 200))
    for s in range(len(ap) - 1):
        n, m = ap[s + 1] - ap[s], bp[s + 1] - bp[s]
        for i in range(n):
            for j in range(m):
                at[i, j] = find(indptr, indices, a[ap[s] + i], b[bp[s] + j])
        for j in range(m):            # each English word comes from one French word (or none)
            z = 1e-4
            for i in range(n): z += t[at[i, j]]
            for i in range(n): p[i, j] = t[at[i, j]] / z
        for i in range(n):
            z = 1e-4
            for j in range(m): z += u[at[i, j]]
            for j in range(m): q[i, j] = u[at[i, j]] / z
        for i in range(n):
            for j in range(m):
                k = at[i, j]
                if last: link[k] += p[i, j] * q[i, j]
                else:
                    ct[k] += p[i, j]; cu[k] += q[i, j]
    return ct, cu

def main():
    ap = argparse.ArgumentParser(); ap.add_argument("pairs", nargs="+"); ap.add_argument("-o", required=True)
    ap.add_argument("--source-only", default="", help="comma-separated sources (first column) to leave out")
    args = ap.parse_args(); skip = set(args.source_only.split(","))
    fr, en = [], []
    for path in args.pairs:
        with (lzma.open(path, "rt", encoding="utf8") if path.endswith("xz") else open(path, encoding="utf8")) as f:
            for line in f:
                c = line.rstrip("\n").split("\t")
                if len(c) < 2 or c[0] in skip: continue
                x, y = words(c[-2]), words(c[-1])
                if 1 < len(x) <= 2 * MAX_LEN and 1 < len(y) <= 2 * MAX_LEN:
                    fr.append([w for w in dict.fromkeys(x) if keep(w)]); en.append([w for w in dict.fromkeys(y) if keep(w)])
    def index(side):
        n = collections.Counter(w for s in side for w in s)
        vocab = [w for w, c in n.most_common(MAX_WORDS) if c >= MIN_COUNT]; ids = {w: i for i, w in enumerate(vocab)}
        rows = [np.array([ids[w] for w in s if w in ids], np.int32)[:199] for s in side]
        return vocab, np.concatenate(rows), np.cumsum([0] + [len(r) for r in rows]).astype(np.int64)
    vf, a, pa = index(fr); ve, b, pb = index(en); del fr, en
    print(len(pa) - 1, "pairs,", len(vf), "French and", len(ve), "English words", flush=True)
    F = sp.csr_matrix((np.ones(len(a), np.float32), a, pa), shape=(len(pa) - 1, len(vf)))
    E = sp.csr_matrix((np.ones(len(b), np.float32), b, pb), shape=(len(pb) - 1, len(ve)))
    C = (F.T @ E).tocsr(); C.sort_indices()
    print(C.nnz, "pairs of words", flush=True)
    ip, ix = C.indptr.astype(np.int64), C.indices
    rows = np.repeat(np.arange(len(vf)), np.diff(ip))
    norm = lambda c, by, n: c / np.maximum(np.bincount(by, c, n)[by], 1e-12)
    t, u = norm(C.data.astype(np.float64), rows, len(vf)), norm(C.data.astype(np.float64), ix, len(ve))
    link = np.zeros(len(t))
    for r in range(ROUNDS):
        ct, cu = em(a, pa, b, pb, ip, ix, t, u, link, False)
        t, u = norm(ct, rows, len(vf)), norm(cu, ix, len(ve)); print("round", r + 1, flush=True)
    em(a, pa, b, pb, ip, ix, t, u, link, True)
    p, back = norm(link, rows, len(vf)), norm(link, ix, len(ve)); tot = np.bincount(rows, link, len(vf))
    with open(args.o, "w", encoding="utf8") as out:
        out.write("# Written by scripts/align/lexicon.py: French words with the English words they are linked to: word, percent of the French word's links, percent of the English word's.\nfr\ten\n")
        for f in sorted(range(len(vf)), key=lambda i: vf[i]):
            if tot[f] < 4: continue
            s = slice(ip[f], ip[f + 1])
            top = sorted(((pp, bb, ve[e]) for pp, bb, e, l in zip(p[s], back[s], ix[s], link[s]) if max(pp, bb) >= 0.03 and pp >= 0.005 and l >= 1.5),
                         key=lambda x: (-x[0] * x[1], x[2]))[:8]
            if top: out.write(vf[f] + "\t" + " ".join(f"{w}:{round(100 * pp)}:{round(100 * bb)}" for pp, bb, w in top) + "\n")

main()
