"""How the engine `rust-bert` gains from translating several sentences at once: greedy, on one core.

    cargo build --release --features rust-bert --example engine_alone
    python scripts/bench/batches.py TEXT

`TEXT` has one French sentence a line. Ratios are to one sentence at a time.
"""

import argparse
from pathlib import Path

from turns import compare

ROOT = Path(__file__).resolve().parents[2]


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("text", type=Path)
    p.add_argument("--sizes", type=int, nargs="+", default=[1, 4, 8, 16, 32, 64])
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("--model", type=Path, default=ROOT / "models/fr-en-hf")
    p.add_argument("--program", default=ROOT / "target/release/examples/engine_alone")
    args = p.parse_args()
    text = args.text.read_text("utf-8")
    commands = {f"batches of {size}": f"{args.program} {args.model} {size}" for size in args.sizes}
    compare(commands, text, len(text.split()), args.rounds)


if __name__ == "__main__":
    main()
