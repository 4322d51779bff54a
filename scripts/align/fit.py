#!/usr/bin/env python3
"""Fits the aligner's two scorers on linked articles and writes their tables.

usage: fit.py --set NAME DOCUMENTS.jsonl GOLD_DIR WEIGHT [--set ...] --example target/debug/examples/align_features -o src/rules/any [--report]
(needs numpy and scikit-learn; the example prints what the scorers see)

DOCUMENTS.jsonl is what `diptych run` wrote for the articles of a gold folder
(`documents.jsonl` and `alignments.jsonl` with verdicts), so that the scorers learn
from the program's own sentences, quotations and translations. WEIGHT is what one
of the set's pairs counts; `2,6` for the first scorer and the second.

A scorer is the mean of a logistic regression and of monotone boosted trees. The
second one learns from first scores that the pair's own event had no part in (an
event is the id up to the first `-`, or the whole set where ids have none; they are
left out in FOLDS lots, a set of one event by itself). --report prints links found
without the event that is scored, and how many links the candidates reach.
"""
import argparse, csv, io, json, pathlib, subprocess, warnings
from collections import defaultdict
import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
warnings.filterwarnings("ignore")
CLIP, PRICE = 6.0, 0.15   # as in src/align/context.rs and comparable.rs
REFUSED = 6.0            # what a pair that a person refused counts, times another: these are the ones easily taken for links
UP = set("""cover_x cover_y cover contained mass top1 top2 top3 numbers counted quotes quote_mass said same_speaker grams
translated content content_max speaker_said calendar acts actors same_agent act_agent plain plain_max beyond beyond_max beyond_mass mutual
meaning soft soft_max told told_max told_mass local local_mass centred centred_lead same_thing people bodies places dates amounts sole sole_max sole_mass
pair row column third neighbour story share thirds beside window kin kin_names
wide wide_max carried carried_max scene carried_centred echo echo_max toll""".split())
DOWN = set("other_agent level other_names miscounted other_speaker negation unlike_quotes length_ratio other_people other_dates other_amounts other_thing rank".split())
AROUND = "pair row column third neighbour story level mutual share thirds elsewhere elsewhere_max beside window rank".split()   # as in src/align/context.rs; of the pair's own features these follow:
OWN = """cover contained quotes said same_speaker other_speaker counted miscounted recount recounted same_thing other_thing
sole sole_max told told_max other_numbers length_ratio people unlike_quotes speaker_said local meaning centred centred_lead kin kin_names wide carried scene carried_centred echo""".split()   # all of them fit no better on what is left out
FOLDS = 8
UNLIKELY = -4.5          # as in src/align/grid.rs: less likely pairs are no candidates for the second scorer

class Set:
    """Candidate pairs of one set of articles with their labels: 1 link, 0 none; weight 0 where nobody could say."""
    def __init__(self, name, documents, gold, weight, example):
        text = subprocess.run([example, documents], capture_output=True, text=True, check=True).stdout
        rows = list(csv.reader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))
        self.names, rows = rows[0][4:], rows[1:]
        self.X = np.array([[float(v) for v in r[4:]] for r in rows]); self.keys = [(r[0], r[1], int(r[2]), int(r[3])) for r in rows]
        load = lambda path: [json.loads(l) for l in open(path, encoding="utf8")]
        docs, gdocs = {d["id"]: d for d in load(documents)}, {d["id"]: d for d in load(f"{gold}/documents.jsonl")}
        self.lang = {i: d["lang"] for i, d in docs.items()}
        of = defaultdict(set)   # the gold sentences a sentence is
        for i, d in docs.items():
            for s in d["sentences"]:
                for g in gdocs.get(i, {"sentences": []})["sentences"]:
                    (a, b), (c, e) = s["raw"], g["raw"]
                    if min(b, e) - max(a, c) > 0.5 * min(b - a, e - c): of[i, s["id"]].add(g["id"])
        self.links = load(f"{gold}/alignments.jsonl"); by = defaultdict(list)
        for n, l in enumerate(self.links): by[frozenset((l["a"]["doc"], l["b"]["doc"]))].append((n, l))
        self.y = np.zeros(len(rows)); self.w = np.full(len(rows), weight); self.hits, self.wrong = ([set() for _ in rows] for _ in range(2)); self.reject = np.zeros(len(rows), bool)
        for i, (a, b, x, y) in enumerate(self.keys):
            for n, l in by.get(frozenset((a, b)), []):
                A, B = (l["a"], l["b"]) if l["a"]["doc"] == a else (l["b"], l["a"])
                if of[a, x] & set(A["sentences"]) and of[b, y] & set(B["sentences"]):
                    if l["verdict"] == "accept": self.y[i] = 1; self.hits[i].add(n)
                    elif l["verdict"] == "reject": self.reject[i] = True; self.wrong[i].add(n)
                    else: self.w[i] = 0
        self.w[self.y == 1] = weight; self.reject &= self.y == 0
        self.w[self.reject] *= REFUSED
        event = lambda a, b: a.split("-")[0] if "-" in a else name
        self.name = name; self.groups = [event(a, b) for a, b, _, _ in self.keys]   # one event is left out of all sets at once
        self.whole = not any("-" in a for a, _, _, _ in self.keys)   # one event: nothing is left to learn its first scores from

class Scorer:
    def __init__(self, names, iters=120, c=0.1):
        self.names = names; self.iters = iters; self.c = c
    def fit(self, X, y, w):
        self.scale = StandardScaler().fit(X)
        self.lr = LogisticRegression(C=self.c, solver="newton-cholesky").fit(self.scale.transform(X), y, sample_weight=w)
        mono = [1 if n in UP else -1 if n in DOWN else 0 for n in self.names]
        self.gb = HistGradientBoostingClassifier(max_iter=self.iters, max_depth=3, learning_rate=0.07, min_samples_leaf=15, l2_regularization=3,
                                                 monotonic_cst=mono, early_stopping=False, max_features=0.3, random_state=1).fit(X, y, sample_weight=w)
        return self
    def log_odds(self, X):
        return 0.5 * (self.lr.decision_function(self.scale.transform(X)) + self.gb.decision_function(X))
    def write(self, path, note):
        weights = 0.5 * self.lr.coef_[0] / self.scale.scale_
        bias = 0.5 * (self.lr.intercept_[0] + float(np.ravel(self.gb._baseline_prediction)[0])) - float(weights @ self.scale.mean_)
        with open(path, "w", encoding="utf8") as out:
            out.write(f"# Written by scripts/align/fit.py: {note}\ntree\tnode\tfeature\tthreshold\tlow\thigh\tvalue\n\t\t\t\t\t\t{bias:.5f}\n")
            for n, w in zip(self.names, weights): out.write(f"\t\t{n}\t\t\t\t{w:.5f}\n")
            for t, (tree,) in enumerate(self.gb._predictors):
                for k, node in enumerate(tree.nodes):
                    if node["is_leaf"]: out.write(f"{t}\t{k}\t\t\t\t\t{0.5 * node['value']:.5f}\n")
                    else: out.write(f"{t}\t{k}\t{self.names[node['feature_idx']]}\t{node['num_threshold']:.5f}\t{node['left']}\t{node['right']}\t\n")

def context(keys, X, z, names):
    """The second scorer's features from the first one's log-odds (as `grid_contexts` computes them)."""
    z = np.clip(z, -CLIP, CLIP); kept = np.flatnonzero(z >= UNLIKELY); every, keys, z = len(keys), [keys[i] for i in kept], z[kept]
    at = dict(zip(keys, z))
    sig = lambda v: 1 / (1 + np.exp(-v))
    lines, grid, partners = defaultdict(list), defaultdict(list), defaultdict(dict)
    for (a, b, x, y), v in zip(keys, z):
        lines[a, b, "x", x].append(v); lines[a, b, "y", y].append(v); grid[a, b].append((a, b, x, y))
        if v > -2: partners[a, x][b, y] = v; partners[b, y][a, x] = v
    odds = {k: 1 + np.exp(v).sum() for k, v in lines.items()}
    story = {g: sum(sorted((sig(max(lines[g[0], g[1], "x", x])) for x in {k[2] for k in ks}), reverse=True)[:5]) for g, ks in grid.items()}
    level = {g: np.mean([at[k] for k in ks]) for g, ks in grid.items()}
    def lead(values, v):
        top = sorted(values, reverse=True) + [-CLIP]
        return v - (top[1] if v >= top[0] else top[0])
    out = np.zeros((len(keys), len(AROUND)))
    for i, ((a, b, x, y), v) in enumerate(zip(keys, z)):
        row, column = (a, b, "x", x), (a, b, "y", y); near = lambda dx, dy: at.get((a, b, x + dx, y + dy), -CLIP)
        p, q = partners.get((a, x), {}), partners.get((b, y), {}); ways = [s for s in p.keys() & q.keys() if s[0] not in (a, b)]
        elsewhere = [max([w for s, w in of.items() if s[0] != other], default=-CLIP) for of, other in ((p, b), (q, a))]
        leads = lead(lines[row], v), lead(lines[column], v)
        out[i] = (v, *leads, max([min(p[s], q[s]) for s in ways], default=-CLIP), max(near(1, 1), near(-1, -1)), story[a, b], level[a, b], min(leads) > 0,
                  np.exp(v) / max(odds[row], odds[column]), sum(sig(p[s]) * sig(q[s]) for s in ways), min(elsewhere), max(elsewhere),
                  max(near(0, 1), near(0, -1), near(1, 0), near(-1, 0)),
                  sum(sig(at[k]) for dx in (-2, -1, 1, 2) for dy in (-2, -1, 1, 2) if (k := (a, b, x + dx, y + dy)) in at),
                  sum(w > v for w in lines[row] + lines[column]))
    rows = np.zeros((every, len(AROUND) + len(OWN))); rows[kept] = np.hstack([out, X[np.ix_(kept, [names.index(n) for n in OWN])]]); return rows

def decode(keys, p, threshold):
    """The pairs the aligner would take."""
    by, out = defaultdict(list), []
    for i, k in enumerate(keys): by[k[:2]].append(i)
    for idx in by.values():
        used = defaultdict(int)
        for i in sorted(idx, key=lambda i: -p[i]):
            a, b, x, y = keys[i]
            if p[i] >= threshold + PRICE * (used["x", x] + used["y", y]): out.append(i); used["x", x] += 1; used["y", y] += 1
    return out

def report(s, p, threshold):
    for label, want in (("all", None), ("cross", True)):
        inside = lambda a, b: want is None or (s.lang[a] != s.lang[b]) == want
        got = [i for i in decode(s.keys, p, threshold) if s.w[i] > 0 and inside(*s.keys[i][:2])]
        gold = {n for n, l in enumerate(s.links) if l["verdict"] == "accept" and inside(l["a"]["doc"], l["b"]["doc"])}
        P = sum(s.y[i] for i in got) / max(1, len(got)); R = len(set().union(*(s.hits[i] for i in got)) & gold) / max(1, len(gold)) if got else 0
        print(f"   {label:6} >= {threshold}: P {P:.3f} R {R:.3f} F1 {2 * P * R / max(1e-9, P + R):.3f}, {len(got)} links of {len(gold)}, hard negatives {len(set().union(*(s.wrong[i] for i in got)))}")

def main():
    ap = argparse.ArgumentParser(); ap.add_argument("--set", nargs=4, action="append", required=True); ap.add_argument("--example", required=True)
    ap.add_argument("-o", required=True); ap.add_argument("--report", action="store_true"); args = ap.parse_args()
    weights = [[float(v) for v in s[3].split(",")] for s in args.set]
    sets = [Set(n, d, g, w[0], args.example) for (n, d, g, _), w in zip(args.set, weights)]
    names = sets[0].names; X = np.vstack([s.X for s in sets]); y = np.concatenate([s.y for s in sets]); w = np.concatenate([s.w for s in sets])
    keep = (Scorer(names, 40).fit(X, y, w).log_odds(X) > UNLIKELY) | (y == 1)
    lot = {}
    for s in sets:
        for g in sorted(set(s.groups)): lot.setdefault(g, g if s.whole else len(lot) % FOLDS)
    groups = np.array([str(lot[g]) for s in sets for g in s.groups]); cut = np.cumsum([0] + [len(s.y) for s in sets])
    z = np.zeros(len(y)); folds = sorted(set(groups))
    for g in folds:
        te = groups == g; tr = ~te & keep; z[te] = Scorer(names).fit(X[tr], y[tr], w[tr]).log_odds(X[te])
    first = Scorer(names).fit(X[keep], y[keep], w[keep]); known = first.log_odds(X)
    contexts = lambda z: np.vstack([context(s.keys, s.X, z[a:b], names) for s, a, b in zip(sets, cut, cut[1:])])
    C, w2 = contexts(z), np.concatenate([s.w * v[-1] / v[0] for s, v in zip(sets, weights)])
    # A set of one event is learnt from with first scores as they will be; its own figures below are of scores that did not know it.
    whole = np.concatenate([np.full(len(s.y), s.whole) for s in sets]); D = contexts(np.where(whole, known, z))
    likely = np.where(whole, known, z) >= UNLIKELY
    second = lambda: Scorer(AROUND + OWN, 120, 0.05)
    if args.report:
        for s in sets:
            wanted = {n for n, l in enumerate(s.links) if l["verdict"] == "accept"}; reached = set().union(*s.hits) & wanted; here = {(d, x) for a, b, x, y in s.keys for d, x in ((a, x), (b, y))}
            print(f"{s.name} candidates: {len(reached)} of {len(wanted)} links reached, {2 * len(s.keys) / len(here):.1f} a sentence, {len(s.keys) / len({(k[0], k[1], k[2]) for k in s.keys}):.1f} a sentence in one article")
        z2 = np.full(len(y), -CLIP)
        for g in folds:
            te = (groups == g) & (z >= UNLIKELY); tr = (groups != g) & likely; z2[te] = second().fit(D[tr], y[tr], w2[tr]).log_odds(C[te])
        for s, a, b in zip(sets, cut, cut[1:]):
            for label, v in (("pair", z), ("link", z2)):
                print(s.name, label)
                for t in (0.35, 0.4, 0.45, 0.5): report(s, 1 / (1 + np.exp(-v[a:b])), t)
        p = 1 / (1 + np.exp(-z2)); bins = np.minimum((p * 10).astype(int), 9); use = w > 0
        print("calibration error", round(sum(abs((y - p)[use & (bins == k)].sum()) for k in range(10)) / use.sum(), 4))
    out = pathlib.Path(args.o); note = ", ".join(f"{s.name} ({int(s.y.sum())} of {len(s.y)} pairs)" for s in sets)
    first.write(out / "align_pair_model.tsv", note)
    last = second().fit(D[likely], y[likely], w2[likely]); last.write(out / "align_link_model.tsv", note)
    if args.report:
        v = np.where(known >= UNLIKELY, last.log_odds(contexts(known)), -CLIP)
        for s, a, b in zip(sets, cut, cut[1:]): print(s.name, "in sample"); [report(s, 1 / (1 + np.exp(-v[a:b])), t) for t in (0.35, 0.4, 0.45, 0.5)]

if __name__ == "__main__":
    main()
