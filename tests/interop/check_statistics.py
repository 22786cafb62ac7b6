#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The statistics of studies against scipy and statsmodels: McNemar, its form for several seeds (sign changes of rows),
Holm, Wilson, Student, Friedman, the critical difference, and the bootstrap over seeds and rows within its Monte Carlo
error. Needs numpy, scipy and statsmodels.

    check_statistics.py HILO_PROGRAM
"""
import json
import subprocess
import sys
from pathlib import Path

import numpy
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

RANDOM = numpy.random.default_rng(20240)
FAILED = []


def check(what, value, expected, relative=1e-9, absolute=1e-12):
    value, expected = numpy.asarray(value, dtype=float), numpy.asarray(expected, dtype=float)
    if value.shape != expected.shape or not numpy.allclose(value, expected, rtol=relative, atol=absolute):
        FAILED.append(f"{what}: {value} but expected {expected}")


def asked_tests():
    counts = [[0, 1], [3, 0], [10, 2], [25, 40], [120, 90], [900, 1000]]
    counts += RANDOM.integers(1, 60, (20, 2)).tolist()
    return {
        "mcnemar": counts,
        "rows": [RANDOM.integers(-seeds, seeds + 1, size).tolist() for seeds, size in ((1, 40), (2, 12), (3, 12), (5, 60))],
        "holm": [RANDOM.random(n).tolist() for n in (1, 2, 7, 30)] + [[0.01, 0.01, 0.04, 0.0]],
        "wilson": [[0, 10], [10, 10], [7, 10], [812, 1043]],
        "student": [RANDOM.normal(0.5, 1, n).tolist() for n in (2, 3, 5, 40)],
        "friedman": [numpy.round(RANDOM.random((tasks, k)), digits).tolist()
                     for tasks, k, digits in ((2, 3, 3), (5, 4, 1), (12, 7, 1))],
        "nemenyi": [[2, 5], [3, 4], [7, 5], [20, 30], [60, 10]],
        "chi": [[0.01, 1], [3.84, 1], [12.5, 4], [60, 20], [300, 3]],
        "t": [[0.1, 1], [2.5, 3.7], [12, 2.2], [4, 250.5], [-1.3, 17]],
    }


def check_tests(asked, told):
    for (first, second), values in zip(asked["mcnemar"], told["mcnemar"]):
        table = [[0, first], [second, 0]]
        check(f"McNemar {first}, {second}", values, [
            mcnemar(table, exact=True).pvalue,
            # Equal counts: statsmodels corrects the distance of 0 to -1 and squares it.
            mcnemar(table, exact=False, correction=True).pvalue if first != second else 1.0,
            mcnemar(table, exact=False, correction=False).pvalue])
    for rows, p in zip(asked["rows"], told["rows"]):
        # scipy changes signs at random beyond 2^n resamplings; below it counts them all.
        resamples = 200000
        expected = stats.permutation_test((numpy.array(rows, dtype=float),), numpy.sum, permutation_type="samples",
                                          n_resamples=resamples, alternative="two-sided", rng=RANDOM).pvalue
        error = 0 if 2 ** len(rows) <= resamples else 5 * numpy.sqrt(expected * (1 - expected) / resamples) + 1e-5
        check(f"sign changes of {len(rows)} rows", p, expected, absolute=max(1e-9, error))
    for p, values in zip(asked["holm"], told["holm"]):
        check("Holm", values, multipletests(p, method="holm")[1])
    for (right, total), ends in zip(asked["wilson"], told["wilson"]):
        check(f"Wilson {right} of {total}", ends, proportion_confint(right, total, method="wilson"))
    for values, told_values in zip(asked["student"], told["student"]):
        test = stats.ttest_1samp(values, 0)
        check("Student", told_values, [*test.confidence_interval(0.95), test.pvalue])
    for table, values in zip(asked["friedman"], told["friedman"]):
        check("Friedman", values, stats.friedmanchisquare(*numpy.array(table).T))
    for (k, tasks), value in zip(asked["nemenyi"], told["nemenyi"]):
        q = stats.studentized_range.ppf(0.95, k, numpy.inf) / numpy.sqrt(2)
        check(f"critical difference of {k} over {tasks}", value, q * numpy.sqrt(k * (k + 1) / (6 * tasks)), relative=1e-6)
    for (x, n), value in zip(asked["chi"], told["chi"]):
        check(f"chi-square {x}, {n}", value, stats.chi2.sf(x, n))
    for (t, n), values in zip(asked["t"], told["t"]):
        check(f"Student's {t}, {n}", values, [2 * stats.t.sf(abs(t), n), stats.t.ppf(0.975, n)])


def made_study(tasks, allocations, seeds, rows, joint):
    """right[allocation, task, seed, row]: rows of different difficulty, seeds that shift a run."""
    shape = (allocations, tasks, seeds)
    hard = RANDOM.normal(0, 1, (1, tasks, 1, rows))
    shift = RANDOM.normal(0.6, 0.1, (allocations, 1, seeds, 1) if joint else (*shape, 1))
    return (hard + shift + 0.1 * numpy.arange(allocations).reshape(-1, 1, 1, 1) + RANDOM.normal(0, 0.7, (*shape, rows))) > 0


def asked_study(right, joint, with_rows, replicates):
    allocations, tasks, seeds, _ = right.shape
    return {
        "joint": joint, "metric": "accuracy", "replicates": replicates, "tasks": [f"t{i}" for i in range(tasks)],
        "allocations": [f"a{i}" for i in range(allocations)],
        "values": [{"allocation": a, "task": t, "seed": s, "value": right[a, t, s].mean(),
                    "right": "".join("1" if x else "0" for x in right[a, t, s]) if with_rows else ""}
                   for a in range(allocations) for t in range(tasks) for s in range(seeds)]}


def drawn(units, replicates):
    """Bootknife: weights of the units in each replicate."""
    if units == 1:
        return numpy.ones((replicates, 1))
    weights = numpy.empty((replicates, units))
    for i in range(replicates):
        left = RANDOM.integers(units)
        picks = RANDOM.integers(units - 1, size=units)
        weights[i] = numpy.bincount(picks + (picks >= left), minlength=units)
    return weights


def interval_of(x, joint, with_rows, replicates):
    """x[task, seed, row]: the same intervals from the definitions of docs/statistics.md, written with numpy."""
    tasks, seeds, rows = x.shape
    value = x.mean()
    if joint:
        seed_parts = [x.mean(axis=(0, 2)).var(ddof=1) / seeds]
    else:
        seed_parts = list(x.mean(axis=2).var(axis=1, ddof=1) / seeds / tasks ** 2)
    seed_variance = sum(seed_parts)
    row_variance = sum(x.mean(axis=1).var(axis=1, ddof=1) / rows / tasks ** 2) if with_rows else 0
    if with_rows:
        total = numpy.zeros(replicates)
        shared = drawn(seeds, replicates)
        for task in range(tasks):
            seed_weights = shared if joint else drawn(seeds, replicates)
            sums = drawn(rows, replicates) @ x[task].T / rows
            total += (seed_weights * sums).sum(axis=1) / seeds / tasks
        error = total.std(ddof=1)
    else:
        error = numpy.sqrt(seed_variance)
    degrees = (seed_variance + row_variance) ** 2 / (
        sum(part ** 2 / (seeds - 1) for part in seed_parts) + row_variance ** 2 / max(1, rows - 1))
    half = stats.t.ppf(0.975, degrees) * error
    return value, half, degrees, 2 * stats.t.sf(abs(value) / error, degrees)


def check_study(right, joint, with_rows, told, replicates):
    x = right.astype(float)
    tasks = x.shape[1]
    # Standard errors of two bootstraps differ by sqrt(1 / replicates) of them, more at five times that.
    tolerance = 5 / numpy.sqrt(replicates) if with_rows else 1e-9
    for index, row in enumerate(told["allocations"]):
        where = f"study of {x.shape}, joint {joint}, rows {with_rows}, allocation {index}"
        value, half, _, _ = interval_of(x[index], joint, with_rows, replicates)
        check(where + ", mean", row["mean"]["value"], value)
        check(where + ", half width", (row["mean"]["high"] - row["mean"]["low"]) / 2, half, relative=tolerance)
        for task in range(tasks):
            value, half, _, _ = interval_of(x[index, task:task + 1], joint, with_rows, replicates)
            cell = row["tasks"][f"t{task}"]
            check(where + ", cell", cell["value"], value)
            check(where + ", cell's half width", (cell["high"] - cell["low"]) / 2, half, relative=tolerance)
        if index == 0:
            continue
        d, difference = x[index] - x[0], row["difference"]
        value, half, degrees, p = interval_of(d, joint, with_rows, replicates)
        check(where + ", difference", difference["value"], value)
        check(where + ", its half width", (difference["high"] - difference["low"]) / 2, half, relative=tolerance)
        check(where + ", degrees", difference["degrees_of_freedom"], degrees, relative=0.4 if with_rows else 1e-9)
        if not with_rows:
            check(where + ", p", difference["p"], p)
        if joint or tasks == 1:
            test = stats.ttest_rel(x[index].mean(axis=(0, 2)), x[0].mean(axis=(0, 2)))
            ends = test.confidence_interval(0.95)
            check(where + ", by seed", [difference["by_seed"]["low"], difference["by_seed"]["high"],
                                        difference["by_seed"]["p"]], [*ends, test.pvalue])
        if tasks >= 3:
            test = stats.ttest_rel(x[index].mean(axis=(1, 2)), x[0].mean(axis=(1, 2)))
            expected = test.pvalue
            if joint and d.shape[1] > 1:
                # What a seed changes in all tasks alike is no difference between tasks.
                parts = [(stats.sem(d.mean(axis=(1, 2))) ** 2, tasks - 1), (stats.sem(d.mean(axis=(0, 2))) ** 2, d.shape[1] - 1)]
                both = sum(part for part, _ in parts)
                expected = 2 * stats.t.sf(abs(d.mean()) / numpy.sqrt(both), both ** 2 / sum(v * v / n for v, n in parts))
            check(where + ", by task", difference["by_task"]["p"], expected)
        if with_rows and tasks == 1:
            # What scipy's bootstrap says of the rows alone.
            by_row = difference["by_test_row"]
            expected = stats.bootstrap((d[0].mean(axis=0),), numpy.mean, n_resamples=5000, vectorized=True,
                                       rng=RANDOM).standard_error
            check(where + ", by row", (by_row["high"] - by_row["low"]) / 2, 1.959964 * expected, relative=0.06)
    ranks = stats.rankdata(-numpy.round(x.mean(axis=(2, 3)), 12), axis=0).mean(axis=1)
    check("mean ranks", [row["rank"]["value"] for row in told["allocations"]], ranks)
    p = [row["difference"]["p"] for row in told["allocations"][1:]]
    check("Holm over the study", [row["difference"]["p_holm"] for row in told["allocations"][1:]],
          multipletests(p, method="holm")[1])


def main():
    program = Path(sys.argv[1]).parent.parent / "tests" / "bin" / "dump_statistics"
    if not program.exists():
        sys.exit(f"{program} is not built: ninja dump_statistics")
    replicates = 4000
    cases = [(made_study(tasks, 4, seeds, rows, joint), joint, with_rows)
             for tasks, seeds, rows in ((1, 3, 400), (4, 3, 300), (3, 5, 200))
             for joint in (False, True) for with_rows in (False, True)]
    asked = {"tests": asked_tests(), "studies": [asked_study(*case, replicates) for case in cases]}
    run = subprocess.run([program], input=json.dumps(asked), capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"{program} ended with {run.returncode}: {run.stderr}")
    told = json.loads(run.stdout)
    check_tests(asked["tests"], told["tests"])
    for case, study in zip(cases, told["studies"]):
        check_study(*case, study, replicates)
    for line in FAILED[:20]:
        print(line)
    print(f"{sum(len(v) for v in asked['tests'].values())} tests and {len(cases)} studies, {len(FAILED)} differ")
    return 1 if FAILED else 0


if __name__ == "__main__":
    sys.exit(main())
