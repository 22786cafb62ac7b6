#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts the run store beside MLflow's SQLite store: the same runs, points and queries, taking turns in the same run.
Needs mlflow (or mlflow-skinny with sqlalchemy and alembic).

    python tests/interop/bench_mlflow.py --binary build/tests/bin/run_store --work /var/tmp/bench
"""

import argparse
import json
import logging
import os
import sqlite3
import statistics
import subprocess
import time

RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01)
STRATEGIES = ("lora", "uniform", "mola", "hilo")
# The names of run_store's filters, and MLflow's words for the same questions.
FILTERS = {
    "metric": "metrics.loss < 0.62",
    "accuracy": "metrics.accuracy > 0.8",
    "setting": "params.learning_rate = '0.0003'",
    "text setting": "params.strategy = 'mola'",
    "metric and settings": "metrics.accuracy > 0.7 and params.learning_rate = '0.0003' and params.strategy = 'hilo'",
    "contains": "attributes.run_name LIKE '%77%'",
    "everything": "",
}


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True, help="run_store of a build with -DHILO_BENCHMARKS=ON")
    parser.add_argument("--work", required=True, help="folder for both stores; kept for the next time")
    parser.add_argument("--runs", type=int, default=10000)
    parser.add_argument("--points", type=int, default=1000)
    parser.add_argument("--long-points", type=int, default=100000)
    parser.add_argument("--repeat", type=int, default=3)
    return parser.parse_args()


def insert_rows(connection, table, rows):
    """Fills the columns that the rows name; the others get the column's default, or an empty value of its type."""
    columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
    known = {column[1] for column in columns}
    rows = iter(rows)
    first = next(rows)
    names = [name for name in first if name in known]
    sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    connection.execute(sql, [first[name] for name in names])
    connection.executemany(sql, ([row[name] for name in names] for row in rows))


def run_name(number, arguments):
    return "run-long" if number == arguments.runs else f"run-{number}"


def run_uuid(number):
    return f"{number:032x}"


def points_of(number, arguments):
    return arguments.long_points if number == arguments.runs else arguments.points


def final_values(number):
    return {"loss": 0.6 + 0.0001 * (number % 4001), "accuracy": 0.5 + 0.00005 * (number * 7919 % 10007)}


def loss_rows(number, arguments):
    points = points_of(number, arguments)
    end = final_values(number)["loss"]
    for step in range(1, points + 1):
        value = end + 2.0 * (1 - step / points) ** 4
        yield {"key": "loss", "value": value, "timestamp": 1767225600000 + step * 1000, "run_uuid": run_uuid(number),
               "step": step, "is_nan": 0}


def fill(database, experiment, arguments):
    """Writes what MLflow's store writes when the runs log one by one, in bulk: its own way takes many hours."""
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA synchronous = OFF")
    # The rows of a run lie far apart in the indices of the metrics: they stay in memory while the store is filled.
    connection.execute("PRAGMA cache_size = -3000000")
    numbers = range(arguments.runs + 1)
    insert_rows(connection, "runs", (
        {"run_uuid": run_uuid(n), "name": run_name(n, arguments), "source_type": "LOCAL", "source_name": "",
         "entry_point_name": "", "user_id": "bench", "status": "FINISHED", "start_time": 1767225600000,
         "end_time": 1767225600000 + 1000 * points_of(n, arguments), "deleted_time": None, "source_version": "",
         "lifecycle_stage": "active", "artifact_uri": "", "experiment_id": experiment} for n in numbers))
    insert_rows(connection, "params", (
        {"key": key, "value": value, "run_uuid": run_uuid(n)} for n in numbers for key, value in (
            ("steps", "1000"), ("batch_size", str(8 << n % 3)), ("learning_rate", str(RATES[n % 5])),
            ("weight_decay", "0.01"), ("dropout", "0.05"), ("schedule", "cosine"), ("seed", str(n // 20)),
            ("strategy", STRATEGIES[n % 4]))))
    insert_rows(connection, "tags", (
        {"key": "mlflow.runName", "value": run_name(n, arguments), "run_uuid": run_uuid(n)} for n in numbers))
    insert_rows(connection, "latest_metrics", (
        {"key": key, "value": value, "timestamp": 1767225600000, "step": points_of(n, arguments), "is_nan": 0,
         "run_uuid": run_uuid(n)} for n in numbers for key, value in final_values(n).items()))
    for n in numbers:
        insert_rows(connection, "metrics", loss_rows(n, arguments))
    connection.commit()
    connection.execute("ANALYZE")
    connection.commit()
    connection.close()


def open_store(arguments):
    from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore

    folder = os.path.join(arguments.work, "mlflow")
    os.makedirs(folder, exist_ok=True)
    database = os.path.join(folder, "mlflow.db")
    filled = os.path.join(folder, "filled")
    store = SqlAlchemyStore(f"sqlite:///{database}", folder)
    if not os.path.exists(filled):
        fill(database, int(store.create_experiment("bench")), arguments)
        open(filled, "w").close()
    experiment = store.get_experiment_by_name("bench").experiment_id
    return store, experiment, os.path.getsize(database)


def search(store, experiment, text):
    """All runs that match, page by page as MLflow's interface asks for them."""
    from mlflow.entities import ViewType

    found, token = [], None
    while True:
        page = store.search_runs([experiment], text, ViewType.ACTIVE_ONLY, max_results=50000, page_token=token)
        found.extend(page)
        token = page.token
        if not token:
            return len(found)


def theirs(arguments):
    times, rows = {}, {}

    def take(name, work):
        start = time.perf_counter()
        rows[name] = work()
        times[name] = time.perf_counter() - start

    def opened():
        store, experiment, _ = open_store(arguments)
        return search(store, experiment, "")

    take("open", opened)
    store, experiment, size = open_store(arguments)
    for name, text in FILTERS.items():
        take("filter: " + name, lambda text=text: search(store, experiment, text))
    take("chart, short", lambda: len(store.get_metric_history(run_uuid(5), "loss")))
    take("chart, long", lambda: len(store.get_metric_history(run_uuid(arguments.runs), "loss")))
    return times, rows, size


def ours(arguments):
    command = [arguments.binary, os.path.join(arguments.work, "hilo"), "--json", "--repeat", "1"]
    for name in ("runs", "points", "long-points"):
        command += ["--" + name, str(getattr(arguments, name.replace("-", "_")))]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    values = json.loads(output)
    return ({name: value["seconds"] for name, value in values.items()},
            {name: value["rows"] for name, value in values.items()})


def main():
    arguments = parse_arguments()
    logging.disable(logging.WARNING)
    os.makedirs(arguments.work, exist_ok=True)
    open_store(arguments)
    ours(arguments)
    left, right = [], []
    for _ in range(arguments.repeat):
        left.append(ours(arguments))
        right.append(theirs(arguments))
    slowest = float("inf")
    print(f"{'query':<32}{'hilo ms':>10}{'mlflow ms':>12}{'times':>8}{'rows':>9}{'rows':>9}")
    for name in right[0][0]:
        our = statistics.median(times[name] for times, _ in left)
        their = statistics.median(times[name] for times, _, _ in right)
        slowest = min(slowest, their / our)
        print(f"{name:<32}{our * 1000:>10.1f}{their * 1000:>12.1f}{their / our:>8.1f}"
              f"{left[0][1][name]:>9}{right[0][1][name]:>9}")
    print(f"database: {left[0][1]['database bytes'] / 2**20:.0f} MiB and {right[0][2] / 2**20:.0f} MiB")
    print(f"least ratio: {slowest:.1f}")


if __name__ == "__main__":
    main()
