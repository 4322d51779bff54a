#!/usr/bin/env python3
"""Fits how sure a bead of parallel texts is (`src/rules/any/align_confidence_model.tsv`).

usage: confidence.py sconf.tsv A B VIA --example target/release/examples/align_confidence [-o TABLE.tsv]
(needs numpy and scikit-learn)

sconf.tsv has a line a pair (id, English, French, two judgements) under a heading; A and B are
its French and English, VIA the program's translation of A: `scripts/eval/align.py --cache`
leaves all three. The table holds the weights of a logistic regression on the pairs that both
judges call sure or not corresponding. Printed are its area under the curve and calibration
error on tenths of them that it was not fitted on, the mean of three ways to cut them.
"""
import argparse, subprocess
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

ap = argparse.ArgumentParser(); ap.add_argument("judged"); ap.add_argument("texts", nargs=3); ap.add_argument("--example", required=True); ap.add_argument("-o"); args = ap.parse_args()
rows = [l.rstrip("\n").split("\t") for l in open(args.judged, encoding="utf8")][1:]
text = subprocess.run([args.example, *args.texts], capture_output=True, text=True, check=True).stdout
names, *lines = [l.split("\t") for l in text.splitlines()]; X = np.array([[float(v) for v in l] for l in lines])
kept = [i for i, r in enumerate(rows) if r[3] == r[4] and r[3] in ("sure", "not corresponding")]
X, y = X[kept], np.array([rows[i][3] == "sure" for i in kept])
model = make_pipeline(StandardScaler(), LogisticRegression(C=10, max_iter=5000)); folds = [cross_val_predict(model, X, y, cv=StratifiedKFold(10, shuffle=True, random_state=seed), method="predict_proba")[:, 1] for seed in range(3)]
def ece(p): bins = np.minimum(9, (10 * p).astype(int)); return sum(abs((y[bins == k] - p[bins == k]).sum()) for k in range(10)) / len(y)
print(f"{len(y)} pairs; left out: AUC {np.mean([roc_auc_score(y, p) for p in folds]):.4f}, ECE {np.mean([ece(p) for p in folds]):.4f}")
scale, model = model.fit(X, y); weights = model.coef_[0] / scale.scale_; bias = model.intercept_[0] - weights @ scale.mean_
if args.o:
    with open(args.o, "w") as out:
        out.write(f"# Written by scripts/align/confidence.py: how sure it is that two sides of parallel texts correspond (src/align/confidence.rs).\ntree\tnode\tfeature\tthreshold\tlow\thigh\tvalue\n\t\t\t\t\t\t{bias:.5f}\n")
        for name, weight in zip(names, weights): out.write(f"\t\t{name}\t\t\t\t{weight:.5f}\n")
