#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the sample project's task from WordNet 3.0 (Debian: wordnet-base): which kind of thing does a gloss define?

    python3 gloss_task.py ../data

Ten of the lexicographer files, 1,800 glosses each after a seeded shuffle: 14,000 rows to train, 1,000 to validate, 3,000 to
test, in train.jsonl, validation.jsonl and test.jsonl as {"text": gloss, "label": class}.
"""
import json
import pathlib
import random
import sys

CLASSES = {4: "act", 5: "animal", 6: "artifact", 8: "body", 10: "communication", 13: "food", 15: "location", 18: "person",
           20: "plant", 27: "substance"}
ROWS_OF_CLASS = 1800
SPLITS = {"train": 14000, "validation": 1000, "test": 3000}


def glosses():
    with open("/usr/share/wordnet/data.noun", encoding="latin-1") as file:
        for line in file:
            if line.startswith("  "):
                continue
            number = int(line.split(" ", 2)[1])
            text = line.split(" | ", 1)[1].split('; "')[0].strip().strip('"; ')
            if number in CLASSES and len(text) > 15:
                yield text, CLASSES[number]


def main(folder: pathlib.Path) -> None:
    counts: dict = {}
    for text, _ in (rows := list(glosses())):
        counts[text] = counts.get(text, 0) + 1
    by_class: dict = {}
    for text, label in rows:
        if counts[text] == 1:
            by_class.setdefault(label, []).append(text)
    shuffler = random.Random(1)
    chosen = []
    for label in sorted(by_class):
        shuffler.shuffle(by_class[label])
        chosen += [{"text": text, "label": label} for text in by_class[label][:ROWS_OF_CLASS]]
    shuffler.shuffle(chosen)
    folder.mkdir(parents=True, exist_ok=True)
    begin = 0
    for name, count in SPLITS.items():
        lines = [json.dumps(row, ensure_ascii=False) for row in chosen[begin:begin + count]]
        (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        begin += count


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]))
