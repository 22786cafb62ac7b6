#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How often a study's 95 % intervals hold the true value, and how often it finds a winner where there is none, in percent
of drawn studies. A row is answered rightly where level + run + row + noise > 0, all of them normal, so that the true
share is known. Needs numpy, scipy and the program dump_statistics (tests/interop).

    study_coverage.py BUILD_FOLDER [REPEATS]
"""
import json
import subprocess
import sys
from pathlib import Path

import numpy
from scipy.stats import norm

RANDOM = numpy.random.default_rng(1)
ALLOCATIONS = 4
# tasks, seeds, rows, joint, deviation of runs
SETTINGS = [(1, 3, 500, False, 0.1), (1, 2, 500, False, 0.1), (5, 3, 200, False, 0.1), (5, 3, 200, True, 0.1),
            (5, 5, 200, False, 0.02)]


def drawn_study(shares, seeds, rows, joint, deviation):
    tasks = shares.shape[1]
    level = norm.ppf(shares) * numpy.sqrt(1 + 0.36 + deviation * deviation)
    run = deviation * RANDOM.normal(size=(ALLOCATIONS, 1, seeds) if joint else (ALLOCATIONS, tasks, seeds))
    right = (level[:, :, None, None] + run[..., None] + RANDOM.normal(size=(1, tasks, 1, rows))
             + 0.6 * RANDOM.normal(size=(ALLOCATIONS, tasks, seeds, rows))) > 0
    return {"joint": joint, "metric": "accuracy", "replicates": 400, "tasks": [f"t{i}" for i in range(tasks)],
            "allocations": [f"a{i}" for i in range(ALLOCATIONS)],
            "values": [{"allocation": a, "task": t, "seed": s, "value": right[a, t, s].mean(),
                        "right": "".join("01"[int(x)] for x in right[a, t, s])}
                       for a in range(ALLOCATIONS) for t in range(tasks) for s in range(seeds)]}


def measure(program, repeats, tasks, seeds, rows, joint, deviation):
    shares = 0.6 + 0.05 * (numpy.arange(tasks) % 5)[None, :] + 0.02 * numpy.arange(ALLOCATIONS)[:, None]
    equal = numpy.repeat(shares[:1], ALLOCATIONS, 0)
    studies = [drawn_study(truth, seeds, rows, joint, deviation) for truth in (shares, equal) for _ in range(repeats)]
    names = ("mcnemar", "rows", "holm", "wilson", "student", "friedman", "nemenyi", "chi", "t")
    asked = json.dumps({"tests": {name: [] for name in names}, "studies": studies})
    told = json.loads(subprocess.run([program], input=asked, capture_output=True, text=True, check=True).stdout)["studies"]

    def held(interval, truth):
        return interval["low"] <= truth <= interval["high"]
    differ, same = [study["allocations"] for study in told[:repeats]], [study["allocations"] for study in told[repeats:]]
    return [100 * numpy.mean(hits) for hits in (
        [held(rows[0]["tasks"]["t0"], shares[0, 0]) for rows in differ],
        [held(rows[3]["mean"], shares[3].mean()) for rows in differ],
        [held(rows[3]["difference"], 0.06) for rows in differ],
        [any(row["difference"]["verdict"] in ("better", "worse") for row in rows[1:]) for rows in same])]


def main():
    program = Path(sys.argv[1]) / "tests" / "bin" / "dump_statistics"
    repeats = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    print("| tasks | seeds | rows | joint | deviation of runs | cell | mean | difference | false winners |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for setting in SETTINGS:
        shown = [*setting[:3], "yes" if setting[3] else "no", setting[4]]
        values = [f"{value:.1f}" for value in measure(program, repeats, *setting)]
        print("| " + " | ".join(str(x) for x in shown + values) + " |", flush=True)


if __name__ == "__main__":
    main()
