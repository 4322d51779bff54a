"""Compares how fast two models translate, on one core, in turns.

    python scripts/eval/mt_speed.py TEXT --models A B \\
        --command "target/release/diptych translate --lines --jobs 1 --model {model}"

`TEXT` has one sentence a line. Each model translates it `--rounds` times, A and B in turns, so that
whatever else the machine does meets both; loading is measured on an empty input and taken off.
Reported are source words a second (the median of the rounds) and the ratio B / A of each round.
"""

import argparse
import os
import shlex
import statistics
import subprocess
import time
from pathlib import Path


def seconds(command, text):
    """CPU time of the command: on a shared machine it says more than the clock."""
    before = os.times()
    start = time.perf_counter()
    subprocess.run(shlex.split(command), input=text, text=True, stdout=subprocess.DEVNULL, check=True)
    clock = time.perf_counter() - start
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return cpu, clock


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("text", type=Path)
    p.add_argument("--models", nargs=2, required=True)
    p.add_argument("--command", required=True)
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("--core", type=int, default=0)
    args = p.parse_args()
    os.sched_setaffinity(0, {args.core})
    text = args.text.read_text("utf-8")
    words = len(text.split())
    commands = [args.command.format(model=model) for model in args.models]
    loading = [seconds(command, "\n")[0] for command in commands]
    speeds = [[], []]
    for _ in range(args.rounds):
        for i, command in enumerate(commands):
            speeds[i].append(words / (seconds(command, text)[0] - loading[i]))
    for model, measured in zip(args.models, speeds):
        print(f"{model}: {statistics.median(measured):.0f} words/s of CPU time")
    ratios = [b / a for a, b in zip(*speeds)]
    print(f"ratio {statistics.median(ratios):.2f} (from {min(ratios):.2f} to {max(ratios):.2f})")


if __name__ == "__main__":
    main()
