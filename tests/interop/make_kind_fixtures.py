#!/usr/bin/env python3
"""Writes tests/data/kinds/: data sets in Parquet as people have them, for the workbench's story test.

    make_kind_fixtures.py FOLDER
"""
import pathlib
import sys

import pyarrow as pa
import pyarrow.parquet as pq

WORDS = ["oak", "iron", "crow", "salt", "moon", "harp"]


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    rows = range(24)
    prompts = [f"What is {WORDS[i % 6]} number {i}?" for i in rows]
    answers = [f"A {WORDS[i % 6]}." for i in rows]
    pq.write_table(pa.table({"prompt": prompts, "completion": answers}), folder / "prompt-completion.parquet")
    pq.write_table(pa.table({"prompt": prompts, "chosen": answers, "rejected": ["Nothing."] * 24}),
                   folder / "preference.parquet")


main()
