#!/usr/bin/env python3
"""Fits the scorer of pairs of lines in any order (`src/rules/any/align_mining_model.tsv`).

usage: mining.py DATA --example target/release/examples/align_mining -o TABLE.tsv     (needs numpy and scipy)

DATA holds syn_comp_fren/ and bucc_like_fren/ (French and English lines, a
translation, pairs of line numbers). Printed is how each set is scored by a scorer
that was fitted on the other one, then by the one that is written; with the recall at
precision 0.99.

Each set has an intercept of its own in the fit, the odds that a line of it has a
partner beside the odds of USUAL_PARTNERED, so that the weights do not have to tell the
sets apart. The program finds that intercept from the text, and so does the score here.
"""
import argparse, pathlib, subprocess
import numpy as np
from scipy.optimize import minimize

USUAL_PARTNERED, USUAL_LINES, ROUNDS, MIN_SCORE = 0.15, 5.0, 30, 0.45   # as in src/align/mining.rs

def read(example, a, b, via, gold):
    rows = [l.split("\t") for l in subprocess.run([example, a, b, via], capture_output=True, text=True, check=True).stdout.splitlines()]
    gold = {tuple(map(int, l.split())) for l in open(gold) if l.strip()}; keys = [(int(r[0]), int(r[1])) for r in rows[1:]]
    return rows[0][2:], keys, np.array([[float(v) for v in r[2:]] for r in rows[1:]]), np.array([k in gold for k in keys]), gold, sum(1 for _ in open(a))

def logit(part): return np.log(part / (1 - part))

def shift(keys, z, lines):
    """How far the odds of a text's pairs are moved, as in src/align/mining.rs."""
    sums = np.bincount([i for i, _ in keys], np.exp(np.clip(z, -30, 30)), minlength=lines); part = USUAL_PARTNERED
    for _ in range(ROUNDS):
        t = sums * np.exp(logit(part) - logit(USUAL_PARTNERED)); part = np.clip(((t / (1 + t)).sum() + USUAL_LINES * USUAL_PARTNERED) / (lines + USUAL_LINES), 1e-4, 1 - 1e-4)
    return logit(part) - logit(USUAL_PARTNERED)

class Scorer:
    """A logistic regression with a ridge of 1 on standardised features."""
    def __init__(self, sets):
        X, y = np.vstack([d[2] for s in sets for d in s]), np.concatenate([d[3] for s in sets for d in s])
        parts = [sum(len(d[4]) for d in s) / sum(d[5] for d in s) for s in sets]
        offset = np.concatenate([np.full(len(d[3]), logit(part) - logit(USUAL_PARTNERED)) for s, part in zip(sets, parts) for d in s])
        self.mean, self.scale = X.mean(0), X.std(0); Z = np.column_stack([(X - self.mean) / self.scale, np.ones(len(X))])
        def loss(w):
            m = Z @ w + offset; g = Z.T @ (1 / (1 + np.exp(-m)) - y); g[:-1] += w[:-1]
            return np.logaddexp(0, np.where(y, -m, m)).sum() + 0.5 * w[:-1] @ w[:-1], g
        self.w = minimize(loss, np.zeros(Z.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 1000}).x
    def weights(self):
        w = self.w[:-1] / self.scale; return w, self.w[-1] - w @ self.mean
    def score(self, documents):
        found, wanted = [], sum(len(d[4]) for d in documents); w, b = self.weights()
        for _, keys, X, _, gold, lines in documents:
            used_a, used_b = set(), set(); z = X @ w + b; z += shift(keys, z, lines)
            for k in np.argsort(-z, kind="stable"):
                i, j = keys[k]
                if i in used_a or j in used_b: continue
                used_a.add(i); used_b.add(j); found.append((z[k], (i, j) in gold))
        given = [right for z, right in found if z >= logit(MIN_SCORE)]; right = sum(given)
        hits = np.cumsum([r for _, r in sorted(found, reverse=True)]); sure = max(hits[hits >= 0.99 * np.arange(1, len(hits) + 1)], default=0)
        return f"P {right / max(1, len(given)):.3f} R {right / wanted:.3f} F1 {2 * right / (len(given) + wanted):.3f}, recall at precision 0.99 {sure / wanted:.3f}"

def main():
    ap = argparse.ArgumentParser(); ap.add_argument("data", type=pathlib.Path); ap.add_argument("--example", required=True); ap.add_argument("-o", required=True); args = ap.parse_args()
    c, b = args.data / "syn_comp_fren", args.data / "bucc_like_fren"
    sets = {"syn_comp": [read(args.example, g.with_suffix(".fr"), g.with_suffix(".en"), c / f"{g.stem}.mt_bergamot-tiny.en", g) for g in sorted(c.glob("*.gold"))],
            "bucc": [read(args.example, b / "dev.fr", b / "dev.en", b / f"dev.mt_{m}.en", b / "dev.gold") for m in ("bergamot-tiny", "google")]}
    for held in sets: print(held, "fitted on the other:", Scorer([s for n, s in sets.items() if n != held]).score(sets[held]))
    last = Scorer(list(sets.values())); w, bias = last.weights()
    for name, documents in sets.items(): print(name, "fitted on both:", last.score(documents))
    with open(args.o, "w") as out:
        out.write(f"# Written by scripts/align/mining.py: the scorer of pairs of lines in any order (src/align/mining.rs).\ntree\tnode\tfeature\tthreshold\tlow\thigh\tvalue\n\t\t\t\t\t\t{bias:.5f}\n")
        for n, v in zip(sets["bucc"][0][0], w): out.write(f"\t\t{n}\t\t\t\t{v:.5f}\n")

if __name__ == "__main__":
    main()
