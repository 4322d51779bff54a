"""Timing shared by the comparisons: commands in turns on one core, CPU time, loading taken off."""

import os
import shlex
import statistics
import subprocess


def cpu_seconds(command, text):
    """CPU time of a command that reads `text`: on a shared machine it says more than the clock."""
    before = os.times()
    subprocess.run(shlex.split(command), input=text, text=True, stdout=subprocess.DEVNULL, check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def compare(commands, text, words, rounds, core=0):
    """Prints words a second of each named command, and its ratio to the first, of the same round.

    Each round runs every command once, so that whatever else the machine does meets them all.
    Loading is measured on an empty input.
    """
    os.sched_setaffinity(0, {core})
    loading = {name: min(cpu_seconds(command, "\n") for _ in range(2)) for name, command in commands.items()}
    speeds = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            speeds[name].append(words / (cpu_seconds(command, text) - loading[name]))
    first = speeds[next(iter(commands))]
    print(f"{'':34} words/s   ratio (lowest to highest of {rounds} rounds)")
    for name, measured in speeds.items():
        ratios = [a / b for a, b in zip(measured, first)]
        low, high = min(ratios), max(ratios)
        print(f"{name:34} {statistics.median(measured):7.0f}   {statistics.median(ratios):.2f} ({low:.2f} to {high:.2f})")
