#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares the losses that two runs' folders tell of, at the steps that both tell of.

Without --exact: means over --window steps must agree within --share, in all of the second half and in the last one.
With --exact every number must be the same.

    python3 tests/bench/gpu/loss_curves.py RUN RUN [--exact] [--share 0.02] [--window 20]
"""

import argparse
import json
import pathlib
import sys


def losses_of(folder):
    losses = {}
    for line in (pathlib.Path(folder) / "events.ndjson").read_text().splitlines():
        event = json.loads(line)
        if event["event"] == "step":
            losses[event["step"]] = event["loss"]
    return losses


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", nargs=2)
    parser.add_argument("--exact", action="store_true")
    parser.add_argument("--share", type=float, default=0.02)
    parser.add_argument("--window", type=int, default=20)
    arguments = parser.parse_args()
    one, other = (losses_of(folder) for folder in arguments.runs)
    steps = sorted(one.keys() & other.keys())
    if not steps:
        sys.exit("the runs have no step in common")
    if arguments.exact:
        different = [step for step in steps if one[step] != other[step]]
        print(f"{len(steps)} steps, {len(different)} of them with other losses" +
              (f", the first is {different[0]}: {one[different[0]]} and {other[different[0]]}" if different else ""))
        sys.exit(1 if different else 0)

    def mean(losses, end):
        part = steps[max(0, end - arguments.window):end]
        return sum(losses[step] for step in part) / len(part)

    worst = 0.0
    print("| step | first | second | apart |\n| --- | --- | --- | --- |")
    for end in range(len(steps) // 2, len(steps) + 1):
        if end == 0:
            continue
        apart = mean(other, end) / mean(one, end) - 1
        worst = max(worst, abs(apart))
        if end == len(steps) or end % arguments.window == 0:
            print(f"| {steps[end - 1]} | {mean(one, end):.4f} | {mean(other, end):.4f} | {100 * apart:+.2f} % |")
    print(f"Means of {arguments.window} steps, second half of {steps[-1]}: at most {100 * worst:.2f} % apart")
    sys.exit(1 if worst > arguments.share else 0)


if __name__ == "__main__":
    main()
