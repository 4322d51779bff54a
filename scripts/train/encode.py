"""Encodes normalised pairs (`fr<TAB>en` lines on standard input) as a shard for `train.py`.

    python encode.py --vocab vocab.spm --out general.npz < general.tsv
"""

import argparse
import sys

import numpy as np
import sentencepiece
from model import EOS


def flatten(rows):
    """Rows of ids, each closed by EOS, as one array and their lengths."""
    lengths = np.array([len(row) + 1 for row in rows], dtype=np.int32)
    flat = np.empty(int(lengths.sum()), dtype=np.uint16)
    at = 0
    for row in rows:
        flat[at : at + len(row)] = row
        at += len(row)
        flat[at] = EOS
        at += 1
    return flat, lengths


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--vocab", required=True)
    p.add_argument("--out", required=True)
    args = p.parse_args()
    vocab = sentencepiece.SentencePieceProcessor(model_file=args.vocab)
    pairs = [line.rstrip("\n").split("\t") for line in sys.stdin]
    stored = {}
    for side, name in enumerate(("source", "target")):
        rows = vocab.encode([p[side] for p in pairs], out_type=int, num_threads=2)
        stored[name], stored[f"{name}_lengths"] = flatten(rows)
    np.savez(args.out, **stored)
    print(f"{args.out}: {len(pairs)} pairs, {stored['target'].size / 1e6:.2f} M target pieces")


if __name__ == "__main__":
    main()
