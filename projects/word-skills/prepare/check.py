#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks for what a model could have seen of the test rows: in ../data, within each task and across the tasks.

    python3 check.py ../data

Words that rows are about, glosses, sentences, pairs of words: nothing of a split may be in another one, of whatever task.
Ends with 1 where something is, and says what.
"""
import itertools
import json
import pathlib
import sys

import wordnet

SPLITS = ("train", "validation", "test")


def asked_words(task: str, row: dict) -> set:
    """What a row is about. Options of hypernyms are answers, as labels are, and come in all splits."""
    return {row["first"], row["second"]} if task == "opposites" else {row["word"]} if "word" in row else set()


def texts(task: str, row: dict) -> set:
    """Glosses and sentences, without case, digits and signs."""
    found = [row.get("text"), row.get("gloss")] + ([row["first"], row["second"]] if task == "same-sense" else [])
    return {wordnet.bare(text) for text in found if text}


def main(folder: pathlib.Path) -> int:
    words: dict = {split: {} for split in SPLITS}
    lines: dict = {split: {} for split in SPLITS}
    faults = 0
    for task in sorted(path.name for path in folder.iterdir() if path.is_dir()):
        counts = []
        for split in SPLITS:
            content = (folder / task / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()
            rows = [json.loads(line) for line in content]
            labels: dict = {}
            for row in rows:
                label = row.get("label", row.get("right"))
                labels[label] = labels.get(label, 0) + 1
                for word in asked_words(task, row):
                    words[split].setdefault(word.lower(), task)
                for text in texts(task, row):
                    lines[split].setdefault(text, task)
            counts.append(f"{split} {len(rows)} rows, {min(labels.values())} to {max(labels.values())} of {len(labels)} labels")
            if len(set(content)) != len(content):
                print(f"{task}, {split}: {len(content) - len(set(content))} rows come twice")
                faults += 1
        print(f"{task}: {'; '.join(counts)}")
    for kind, found in (("words", words), ("texts", lines)):
        for one, two in itertools.combinations(SPLITS, 2):
            both = sorted(set(found[one]) & set(found[two]))
            print(f"{kind} in {one} ({len(found[one])}) and {two} ({len(found[two])}): {len(both)}")
            faults += len(both)
            for text in both[:5]:
                print(f"  {found[one][text]}, {found[two][text]}: {text}")
    return 1 if faults else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(pathlib.Path(sys.argv[1])))
