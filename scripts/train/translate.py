"""Translates with a checkpoint in PyTorch, greedily: scores before any export, float32.

    python translate.py --checkpoint RUN/last.pt --vocab vocab.spm < SOURCES > HYPOTHESES
"""

import argparse
import sys
from pathlib import Path

import sentencepiece
import torch
from model import EOS, load, pad
from normalise import normalise

BATCH = 64


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--checkpoint", type=Path, required=True)
    p.add_argument("--weights", choices=("ema", "model"), default="ema")
    p.add_argument("--vocab", required=True)
    p.add_argument("--threads", type=int, default=1)
    args = p.parse_args()
    torch.set_num_threads(args.threads)
    model = load(args.checkpoint, args.weights)
    vocab = sentencepiece.SentencePieceProcessor(model_file=args.vocab)
    rows = [vocab.encode(normalise(line.rstrip("\n"))) + [EOS] for line in sys.stdin]
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    outputs = [""] * len(rows)
    for start in range(0, len(order), BATCH):
        part = order[start : start + BATCH]
        for i, ids in zip(part, model.greedy(pad([rows[i] for i in part]))):
            outputs[i] = vocab.decode(ids)
    print("\n".join(outputs))


if __name__ == "__main__":
    main()
