#!/usr/bin/env python3
"""Fits what the score of a bead means (`sure` in src/align/parallel.rs).

usage: confidence.py sconf.tsv A B VIA --example target/release/examples/align_confidence
(needs numpy and scikit-learn)

sconf.tsv has a line a pair (id, English, French, two judgements) under a heading; A and B are
its French and English, VIA the program's translation of A: `scripts/eval/align.py --cache`
leaves all three. Prints weights of a logistic regression on the pairs that both judges call
sure or not corresponding, and its area under the curve and calibration error on tenths of
them that it was not fitted on.
"""
import argparse, subprocess
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict

ap = argparse.ArgumentParser(); ap.add_argument("judged"); ap.add_argument("texts", nargs=3); ap.add_argument("--example", required=True); args = ap.parse_args()
rows = [l.rstrip("\n").split("\t") for l in open(args.judged, encoding="utf8")][1:]
text = subprocess.run([args.example, *args.texts], capture_output=True, text=True, check=True).stdout
X = np.array([[float(v) for v in l.split("\t")] for l in text.splitlines()]); X = np.column_stack([X, X[:, 1] ** 2])
kept = [i for i, r in enumerate(rows) if r[3] == r[4] and r[3] in ("sure", "not corresponding")]
X, y = X[kept], np.array([rows[i][3] == "sure" for i in kept])
model = LogisticRegression(C=100, max_iter=5000); p = cross_val_predict(model, X, y, cv=10, method="predict_proba")[:, 1]; model.fit(X, y)
bins = np.minimum(9, (10 * p).astype(int)); ece = sum(abs((y[bins == k] - p[bins == k]).sum()) for k in range(10)) / len(y)
print(f"{len(y)} pairs; left out: AUC {roc_auc_score(y, p):.4f}, ECE {ece:.4f}; weights of ln(1 + shared), |ln lengths|, ln of the shorter length, |ln lengths| squared and constant: {model.coef_[0].round(2)} {model.intercept_.round(2)}")
