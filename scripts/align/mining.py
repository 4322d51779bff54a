#!/usr/bin/env python3
"""Fits the scorer of pairs of lines in any order (`src/rules/any/align_mining_model.tsv`).

usage: mining.py DATA --example target/debug/examples/align_mining -o TABLE.tsv     (needs numpy and scikit-learn)

DATA holds syn_comp_fren/ and bucc_like_fren/ (French and English lines, a
translation, pairs of line numbers). Printed is how each set is scored by a scorer
that was fitted on the other one, then by the one that is written.
"""
import argparse, pathlib, subprocess
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

def read(example, a, b, via, gold):
    rows = [l.split("\t") for l in subprocess.run([example, a, b, via], capture_output=True, text=True, check=True).stdout.splitlines()]
    gold = {tuple(map(int, l.split())) for l in open(gold) if l.strip()}; keys = [(int(r[0]), int(r[1])) for r in rows[1:]]
    return rows[0][2:], keys, np.array([[float(v) for v in r[2:]] for r in rows[1:]]), np.array([k in gold for k in keys]), gold

class Scorer:
    def __init__(self, documents):
        X = np.vstack([d[2] for d in documents]); y = np.concatenate([d[3] for d in documents])
        self.scale = StandardScaler().fit(X); self.model = LogisticRegression(max_iter=2000).fit(self.scale.transform(X), y)
    def weights(self):
        w = self.model.coef_[0] / self.scale.scale_; return w, self.model.intercept_[0] - w @ self.scale.mean_
    def f1(self, documents):
        right = found = wanted = 0; w, b = self.weights()
        for _, keys, X, _, gold in documents:
            used_a, used_b = set(), set(); z = X @ w + b
            for k in np.argsort(-z):
                i, j = keys[k]
                if z[k] < 0: break
                if i in used_a or j in used_b: continue
                used_a.add(i); used_b.add(j); found += 1; right += (i, j) in gold
            wanted += len(gold)
        return f"P {right / max(1, found):.3f} R {right / wanted:.3f} F1 {2 * right / (found + wanted):.3f}"

ap = argparse.ArgumentParser(); ap.add_argument("data", type=pathlib.Path); ap.add_argument("--example", required=True); ap.add_argument("-o", required=True); args = ap.parse_args()
c, b = args.data / "syn_comp_fren", args.data / "bucc_like_fren"
sets = {"syn_comp": [read(args.example, g.with_suffix(".fr"), g.with_suffix(".en"), c / f"{g.stem}.mt_bergamot-tiny.en", g) for g in sorted(c.glob("*.gold"))],
        "bucc": [read(args.example, b / "dev.fr", b / "dev.en", b / f"dev.mt_{m}.en", b / "dev.gold") for m in ("bergamot-tiny", "google")]}
for held in sets: print(held, "fitted on the other:", Scorer([d for n, s in sets.items() if n != held for d in s]).f1(sets[held]))
last = Scorer(sum(sets.values(), [])); w, bias = last.weights()
for name, documents in sets.items(): print(name, "fitted on both:", last.f1(documents))
with open(args.o, "w") as out:
    out.write(f"# Written by scripts/align/mining.py: the scorer of pairs of lines in any order (src/align/mining.rs).\ntree\tnode\tfeature\tthreshold\tlow\thigh\tvalue\n\t\t\t\t\t\t{bias:.5f}\n")
    for n, v in zip(sets["bucc"][0][0], w): out.write(f"\t\t{n}\t\t\t\t{v:.5f}\n")
