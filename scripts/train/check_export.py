"""Checks that the engine gives the same tokens as PyTorch, sentence by sentence.

    python check_export.py --checkpoint RUN/last.pt --vocab vocab.spm --text SOURCES \\
        --command "PROGRAM that reads sentences, one a line, and writes translations"

The command must load the float32 export. Sentences are brought into the model view first, and the
outputs are compared as pieces. Exits with 1 when any differ.
"""

import argparse
import shlex
import subprocess
import sys
from pathlib import Path

import sentencepiece
import torch
from model import EOS, load, pad
from normalise import normalise


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--checkpoint", type=Path, required=True)
    p.add_argument("--weights", choices=("ema", "model"), default="ema")
    p.add_argument("--vocab", required=True)
    p.add_argument("--text", type=Path, required=True)
    p.add_argument("--count", type=int, default=500)
    p.add_argument("--command", required=True)
    args = p.parse_args()
    torch.set_num_threads(1)
    vocab = sentencepiece.SentencePieceProcessor(model_file=args.vocab)
    sources = [normalise(s) for s in args.text.read_text("utf-8").split("\n")[: args.count]]
    model = load(args.checkpoint, args.weights)
    expected = []
    for source in sources:
        # One at a time, as the engine does: padding would change the order of float additions.
        ids = model.greedy(pad([vocab.encode(source) + [EOS]]))[0]
        expected.append(vocab.decode(ids))
    run = subprocess.run(
        shlex.split(args.command), input="\n".join(sources) + "\n", text=True, capture_output=True, check=True
    )
    given = run.stdout.rstrip("\n").split("\n")
    pairs = list(zip(sources, expected, given, strict=True))
    different = [p for p in pairs if vocab.encode(p[1]) != vocab.encode(p[2])]
    for source, ours, engine in different[:10]:
        print(f"source  {source}\ntorch   {ours}\nengine  {engine}\n")
    print(f"{len(pairs) - len(different)} passed, {len(different)} failed")
    sys.exit(bool(different))


if __name__ == "__main__":
    main()
