"""Learns which pieces each source piece may become, so that the output layer need not try all.

    python shortlist.py --vocab vocab.spm --pairs news.tsv names.tsv near.tsv --out shortlist.bin

IBM model 1 between pieces, then the best few of each. The engine offers, for a sentence, the
first `--first` pieces of the vocabulary (the most frequent), the source's own pieces (names are
copied) and the list of each source piece. The list of the end-of-sentence piece counts for every
sentence: it holds all single characters, so that any word can be spelled.
"""

import argparse
import struct
from pathlib import Path

import numpy as np
import sentencepiece
from model import EOS, PAD, UNK

MAGIC = 0xF11A48D5013417F5  # Marian's mark of a binary shortlist


def model_one(pairs, size, rounds):
    """p(target | source) as a dense table."""
    table = np.full((size, size), 1.0, dtype=np.float32)
    for _ in range(rounds):
        counts = np.zeros((size, size), dtype=np.float32)
        for source, target in pairs:
            cells = np.ix_(source, target)
            share = table[cells]
            share /= share.sum(0) + 1e-9
            counts[cells] += share
        table = counts / (counts.sum(1, keepdims=True) + 1e-9)
    return table


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--vocab", required=True)
    p.add_argument("--pairs", type=Path, nargs="+", required=True)
    p.add_argument("--limit", type=int, default=60_000, help="pairs of each file")
    p.add_argument("--rounds", type=int, default=4)
    p.add_argument("--first", type=int, default=500)
    p.add_argument("--best", type=int, default=40)
    p.add_argument("--least", type=float, default=1e-4, help="probability of a listed piece")
    p.add_argument("--out", type=Path, required=True)
    args = p.parse_args()
    vocab = sentencepiece.SentencePieceProcessor(model_file=args.vocab)
    size = vocab.get_piece_size()
    pairs = []
    for path in args.pairs:
        with open(path, encoding="utf-8") as file:
            for line, _ in zip(file, range(args.limit)):
                sides = [np.unique(vocab.encode(text)) for text in line.rstrip("\n").split("\t")]
                if all(len(side) for side in sides):
                    pairs.append(sides)
    table = model_one(pairs, size, args.rounds)
    lists = []
    for piece in range(size):
        best = np.argsort(-table[piece])[: args.best]
        lists.append(sorted(int(t) for t in best if table[piece, t] >= args.least))
    lists[EOS] = [i for i in range(size) if len(vocab.id_to_piece(i).lstrip("▁")) <= 1 and i not in (UNK, PAD)]
    offsets = np.concatenate([[0], np.cumsum([len(x) for x in lists])])
    flat = [t for row in lists for t in row]
    with open(args.out, "wb") as file:
        file.write(struct.pack("<6Q", MAGIC, 0, args.first, args.best, len(offsets), len(flat)))
        file.write(np.array(offsets, dtype="<u8").tobytes())
        file.write(np.array(flat, dtype="<u4").tobytes())
    inside = total = 0
    for source, target in pairs[:: max(1, len(pairs) // 2000)]:
        offered = set(range(args.first)) | set(source.tolist()) | set(lists[EOS])
        offered.update(t for s in source for t in lists[s])
        inside += sum(int(t) in offered for t in target)
        total += len(target)
    print(f"{len(flat)} entries, {100 * inside / total:.2f} % of the pieces of references offered")


if __name__ == "__main__":
    main()
