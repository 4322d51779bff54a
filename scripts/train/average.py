"""Averages the weights of two checkpoints of one line of training.

    python average.py old.pt new.pt --share 0.6 --out average.pt

`--share` is that of the second. A run that went on from the first with a high rate and came down
again lies in the same valley as the first, and a point between the two is better than either:
see README.md for what it brought.
"""

import argparse
from pathlib import Path

import torch


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("checkpoints", type=Path, nargs=2)
    p.add_argument("--share", type=float, default=0.5)
    p.add_argument("--weights", choices=("model", "ema"), default="ema")
    p.add_argument("--out", type=Path, required=True)
    args = p.parse_args()
    first, second = (torch.load(path, map_location="cpu", weights_only=True) for path in args.checkpoints)
    weights = {
        name: torch.lerp(first[args.weights][name].float(), value.float(), args.share)
        for name, value in second[args.weights].items()
    }
    torch.save({"config": second["config"], "model": weights, "ema": weights}, args.out)


if __name__ == "__main__":
    main()
