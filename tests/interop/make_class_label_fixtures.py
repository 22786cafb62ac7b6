#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/data/class_labels: a data set with a ClassLabel as `datasets` writes it (a Parquet file, a folder of
save_to_disk, the card of a data set beside JSON lines).

    make_class_label_fixtures.py FOLDER
"""
import json
import pathlib
import shutil
import sys

import datasets

NAMES = ["negative", "neutral", "positive"]
ROWS = [("a fine day", 2), ("rain again", 0), ("a chair", 1), ("nobody said", -1), ("what a view", 2), ("no seat left", 0)]


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    features = datasets.Features({
        "text": datasets.Value("string"),
        "label": datasets.ClassLabel(names=NAMES),
        "about": {"season": datasets.ClassLabel(names=["winter", "summer"])},
        "tags": datasets.List(datasets.ClassLabel(names=["x", "y"])),
    })
    rows = [{"text": text, "label": label, "about": {"season": i % 2}, "tags": [0, 1]}
            for i, (text, label) in enumerate(ROWS)]
    data = datasets.Dataset.from_list(rows, features=features)
    data.to_parquet(folder / "train.parquet")
    shutil.rmtree(folder / "saved", ignore_errors=True)
    datasets.DatasetDict({"train": data}).save_to_disk(folder / "saved")
    card = folder / "card"
    card.mkdir(exist_ok=True)
    infos = datasets.info.DatasetInfosDict({"default": datasets.DatasetInfo(features=features)})
    known = datasets.utils.metadata.DatasetCardData() if hasattr(datasets.utils.metadata, "DatasetCardData") else None
    if known is None:
        from huggingface_hub import DatasetCardData
        known = DatasetCardData()
    infos.to_dataset_card_data(known)
    (card / "README.md").write_text(f"---\n{known.to_yaml()}\n---\n\n# A set\n")
    (card / "train.jsonl").write_text("".join(json.dumps({"text": t, "label": l}) + "\n" for t, l in ROWS))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
