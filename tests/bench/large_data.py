#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Training on 5 million rows of Parquet: how long until the first batch, and what memory the data takes, of hilo and of
Hugging Face datasets, with caches made before.

    large_data.py FOLDER HILO [--rows 5000000] [--model projects/gloss-classes/base]

Needs pyarrow, and datasets with tokenizers for the second half. FOLDER keeps the Parquet file and both caches, so that a
second call measures warm ones alone. Memory is the peak of RssAnon in /proc/PID/status, which leaves out mapped files
(they are the page cache's), less that of the same program with 64 rows.
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import threading
import time

WORDS = ("river stone light winter garden small letter open table music bread early window paper green quiet road "
         "carry summer field answer seven morning wood bright").split()


def make_parquet(file, rows):
    import pyarrow as pa
    import pyarrow.parquet as pq
    schema = pa.schema([("instruction", pa.string()), ("output", pa.string())])
    part = 100_000
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for first in range(0, rows, part):
            numbers = range(first, min(rows, first + part))
            words = [[WORDS[(n * 7919 + i * 104729 + n // 25) % len(WORDS)] for i in range(4 + n % 9)] for n in numbers]
            writer.write_table(pa.table({
                "instruction": [f"Say {n}: " + " ".join(w) for n, w in zip(numbers, words)],
                "output": [" ".join(w[:3]) + "." for w in words]}, schema=schema))


def anonymous_mebibytes(pid):
    try:
        for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("RssAnon"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def run(command, environment, marker):
    """Seconds until marker() says that the first batch was there, the whole time, and the peak of anonymous memory."""
    started = time.monotonic()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    peak, first = 0.0, None
    while process.poll() is None:
        peak = max(peak, anonymous_mebibytes(process.pid))
        if first is None and marker():
            first = time.monotonic() - started
        time.sleep(0.01)
    if process.returncode != 0:
        sys.exit(f"{command[0]} ended with {process.returncode}")
    return first or time.monotonic() - started, time.monotonic() - started, peak


def measure_hilo(folder, hilo, model, data, name):
    spec = {"format": "hilo.run/1", "model": {"path": str(model.resolve())},
            "data": {"path": str(data), "template": "text", "columns": {"text": "output"}, "split": "none"},
            "map": json.loads((folder / "map.json").read_text()),
            "training": {"steps": 1, "batch_size": 16, "max_length": 64, "threads": 1, "loss_on": "whole_text"},
            "evaluation": {"every": 0}}
    spec_file = folder / f"{name}.run.json"
    spec_file.write_text(json.dumps(spec))
    out = folder / f"{name}-run"
    shutil.rmtree(out, ignore_errors=True)
    environment = dict(os.environ, XDG_CACHE_HOME=str(folder / "cache"), OMP_NUM_THREADS="1")
    events = out / "events.ndjson"
    return run([str(hilo), "train", str(spec_file), "--out", str(out)], environment,
               lambda: events.exists() and '"step"' in events.read_text())


def measure_datasets(folder, model, data, name):
    marker = folder / f"{name}.marker"
    marker.unlink(missing_ok=True)
    code = f"""
import os, pathlib
os.environ["HF_HOME"] = {str(folder / "hf")!r}
os.environ["HF_HUB_OFFLINE"] = "1"
import datasets, tokenizers
datasets.disable_progress_bars()
tokenizer = tokenizers.Tokenizer.from_file({str(model.resolve() / "tokenizer.json")!r})
def tokens(rows):
    return {{"input_ids": [e.ids[:64] for e in tokenizer.encode_batch(rows["output"])]}}
rows = datasets.load_dataset("parquet", data_files={str(data)!r}, split="train")
rows = rows.map(tokens, batched=True, remove_columns=rows.column_names, new_fingerprint="hilo-bench-" + str(len(rows)))
rows = rows.shuffle(seed=1)
batch = [rows[i] for i in range(16)]
assert len(batch) == 16
pathlib.Path({str(marker)!r}).write_text("")
"""
    return run([sys.executable, "-c", code], dict(os.environ, OMP_NUM_THREADS="1", TOKENIZERS_PARALLELISM="false"),
               marker.exists)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("hilo", type=pathlib.Path)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--model", type=pathlib.Path, default=pathlib.Path("projects/gloss-classes/base"))
    parser.add_argument("--without-datasets", action="store_true")
    options = parser.parse_args()
    folder = options.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    files = {}
    for name, rows in (("few", 64), ("many", options.rows)):
        files[name] = folder / f"{name}-{rows}.parquet"
        if not files[name].exists():
            make_parquet(files[name], rows)
    if not (folder / "map.json").exists():
        subprocess.run([str(options.hilo), "allocate", str(options.model), "--strategy", "uniform", "--out",
                        str(folder / "map.json")], check=True, stdout=subprocess.DEVNULL)
    print(f"| {options.rows:,} rows, {files['many'].stat().st_size / 2**20:,.0f} MiB of Parquet | first call | first batch, warm "
          "| memory of the data |\n| --- | ---: | ---: | ---: |")
    ways = [("hilo", lambda name: measure_hilo(folder, options.hilo.resolve(), options.model, files[name], name))]
    if not options.without_datasets:
        ways.append(("datasets", lambda name: measure_datasets(folder, options.model, files[name], name)))
    for title, measure in ways:
        _, cold, _ = measure("many")
        measure("few")
        base = measure("few")[2]
        first, _, peak = min(measure("many") for _ in range(3))
        print(f"| {title} | {cold:.0f} s | {first:.1f} s | {peak - base:.0f} MiB |", flush=True)


if __name__ == "__main__":
    main()
