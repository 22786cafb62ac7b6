#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How often a study's 95 % intervals hold the true value, and how often it finds a winner where there is none, in percent
of drawn studies. A row is answered rightly where level + run + row + noise > 0, all of them normal, so that the true
share is known. Needs numpy, scipy and the program dump_statistics (tests/interop).

The first table: cells, means, differences, false winners. The second one: the tests that look at one source of chance,
mean ranks, and the parameters at which a value is reached. Each interval is asked for what it speaks of: by seed the
true difference on these tasks, by test row that of these runs on all rows of their kind, by task that over all tasks of
their kind (from three tasks on), a rank the mean rank of the true shares.

    study_coverage.py BUILD_FOLDER [REPEATS]
"""
import json
import subprocess
import sys
from pathlib import Path

import numpy
from scipy.stats import norm, rankdata

RANDOM = numpy.random.default_rng(1)
ALLOCATIONS = 4
# tasks, seeds, rows, joint, deviation of runs
SETTINGS = [(1, 3, 500, False, 0.1), (1, 2, 500, False, 0.1), (5, 3, 200, False, 0.1), (5, 3, 200, True, 0.1),
            (5, 5, 200, False, 0.02)]


def drawn_runs(shares, seeds, rows, joint, deviation):
    """Right answers, and the share of all rows that each run would answer rightly."""
    allocations, tasks = shares.shape
    level = norm.ppf(shares) * numpy.sqrt(1 + 0.36 + deviation * deviation)
    run = deviation * RANDOM.normal(size=(allocations, 1, seeds) if joint else (allocations, tasks, seeds))
    right = (level[:, :, None, None] + run[..., None] + RANDOM.normal(size=(1, tasks, 1, rows))
             + 0.6 * RANDOM.normal(size=(allocations, tasks, seeds, rows))) > 0
    return right, norm.cdf((level[:, :, None] + run) / numpy.sqrt(1.36))


def asked_study(right, joint, allocations=None, **more):
    names = allocations or [f"a{i}" for i in range(len(right))]
    return {"joint": joint, "metric": "accuracy", "replicates": 400, "tasks": [f"t{i}" for i in range(right.shape[1])],
            "allocations": names, **more,
            "values": [{"allocation": a, "task": t, "seed": s, "value": right[a, t, s].mean(),
                        "right": "".join("01"[int(x)] for x in right[a, t, s])}
                       for a in range(right.shape[0]) for t in range(right.shape[1]) for s in range(right.shape[2])]}


def drawn_study(shares, seeds, rows, joint, deviation):
    return asked_study(drawn_runs(shares, seeds, rows, joint, deviation)[0], joint)


def told_of(program, studies):
    names = ("mcnemar", "rows", "holm", "wilson", "student", "friedman", "nemenyi", "chi", "t")
    asked = json.dumps({"tests": {name: [] for name in names}, "studies": studies})
    return json.loads(subprocess.run([program], input=asked, capture_output=True, text=True, check=True).stdout)["studies"]


def held(interval, truth):
    """An end that is not there is beyond everything."""
    low, high = interval["low"], interval["high"]
    return (low is None or low <= truth) and (high is None or truth <= high)


def percent(hits):
    return f"{100 * numpy.mean(hits):.1f}" if len(hits) else "-"


def measure(program, repeats, tasks, seeds, rows, joint, deviation):
    shares = 0.6 + 0.05 * (numpy.arange(tasks) % 5)[None, :] + 0.02 * numpy.arange(ALLOCATIONS)[:, None]
    equal = numpy.repeat(shares[:1], ALLOCATIONS, 0)
    studies = [drawn_study(truth, seeds, rows, joint, deviation) for truth in (shares, equal) for _ in range(repeats)]
    told = told_of(program, studies)
    differ, same = [study["allocations"] for study in told[:repeats]], [study["allocations"] for study in told[repeats:]]
    return [percent(hits) for hits in (
        [held(rows[0]["tasks"]["t0"], shares[0, 0]) for rows in differ],
        [held(rows[3]["mean"], shares[3].mean()) for rows in differ],
        [held(rows[3]["difference"], 0.06) for rows in differ],
        [any(row["difference"]["verdict"] in ("better", "worse") for row in rows[1:]) for rows in same])]


def mean_ranks(shares):
    return rankdata(-shares, axis=0).mean(axis=1)


def measure_tests(program, repeats, tasks, seeds, rows, joint, deviation):
    """By seed, by test row, by task, mean ranks: tasks differ in how much the allocations do."""
    truths, studies = [], []
    for _ in range(repeats):
        shares = 0.6 + 0.05 * (numpy.arange(tasks) % 5)[None, :] + 0.02 * numpy.arange(ALLOCATIONS)[:, None]
        shares = shares + 0.03 * RANDOM.normal(size=shares.shape) * (numpy.arange(ALLOCATIONS) > 0)[:, None]
        right, of_runs = drawn_runs(shares, seeds, rows, joint, deviation)
        truths.append(((shares[3] - shares[0]).mean(), (of_runs[3] - of_runs[0]).mean(), 0.06, mean_ranks(shares)))
        studies.append(asked_study(right, joint))
    hits = {name: [] for name in ("by_seed", "by_test_row", "by_task", "rank")}
    for study, (seed, row, task, ranks) in zip(told_of(program, studies), truths):
        found = study["allocations"]
        for name, truth in (("by_seed", seed), ("by_test_row", row), ("by_task", task)):
            interval = found[3]["difference"][name]
            if interval and interval["low"] is not None:
                hits[name].append(held(interval, truth))
        hits["rank"] += [held(one["rank"], truth) for one, truth in zip(found, ranks) if one["rank"]["low"] is not None]
    return [percent(hits[name]) for name in hits]


def measure_reach(program, repeats, tasks, seeds, rows, joint, deviation):
    """A curve over three budgets that reaches the value between the second and the third."""
    budgets, means, target = (20000, 60000, 180000), numpy.array([0.56, 0.62, 0.66]), 0.64
    place = (target - means[1]) / (means[2] - means[1])
    truth = budgets[1] * (budgets[2] / budgets[1]) ** place
    shift = 0.05 * (numpy.arange(tasks) - (tasks - 1) / 2) / max(tasks - 1, 1)
    curve = [{"label": "curve", "trainable": budget} for budget in budgets]
    studies = [asked_study(drawn_runs(means[:, None] + shift[None, :], seeds, rows, joint, deviation)[0], joint, curve,
                           targets=[target]) for _ in range(repeats)]
    reached = [study["curves"][0]["trainable"][0] for study in told_of(program, studies)]
    return percent([held(one, truth) for one in reached if one["interval_known"]])


def main():
    program = Path(sys.argv[1]) / "tests" / "bin" / "dump_statistics"
    repeats = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    print("| tasks | seeds | rows | joint | deviation of runs | cell | mean | difference | false winners |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for setting in SETTINGS:
        shown = [*setting[:3], "yes" if setting[3] else "no", setting[4]]
        print("| " + " | ".join(str(x) for x in shown + measure(program, repeats, *setting)) + " |", flush=True)
    print("\n| tasks | seeds | rows | joint | deviation of runs | by seed | by test row | by task | mean rank | parameters |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for setting in SETTINGS:
        shown = [*setting[:3], "yes" if setting[3] else "no", setting[4]]
        values = [*measure_tests(program, repeats, *setting), measure_reach(program, repeats, *setting)]
        print("| " + " | ".join(str(x) for x in shown + values) + " |", flush=True)


if __name__ == "__main__":
    main()
