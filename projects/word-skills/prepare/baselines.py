#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The classical bar of every task: TF-IDF of words and word pairs with logistic regression.

    python3 baselines.py ../data

Needs scikit-learn. The regularisation is chosen on the validation rows, the test rows are scored once. A row is the text of its
prompt; of `hypernyms` each option is asked on its own, with the words of the option, of the gloss and every pair of both, and the
likeliest of the four is given. Nothing here knows how words are spelled or how two fields compare.
"""
import json
import math
import pathlib
import sys

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

STRENGTHS = (0.03, 0.1, 0.3, 1, 3, 10, 30)


def rows(path: pathlib.Path) -> list:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def wilson(correct: int, total: int):
    z, share = 1.959963985, correct / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z / (1 + z * z / total) * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return middle - half, middle + half


def text_of(row: dict) -> str:
    return " ".join(row[key] for key in ("word", "first", "second", "text") if key in row)


def option_texts(row: dict) -> list:
    """One a choice: every word twice, alone and together with the option."""
    words = (row["word"] + " " + row["gloss"]).lower().split()
    return [" ".join([f"o_{option}", *words, *(f"{word}_{option}" for word in words)]) for option in row["options"]]


def right_of(models, vectors, read: list) -> list:
    """For each model how many rows it gets right."""
    if "options" in read[0]:
        x = vectors.transform([text for row in read for text in option_texts(row)])
        scores = [model.predict_proba(x)[:, 1].reshape(-1, 4).argmax(axis=1) for model in models]
        return [sum(int(given) == row["right"] for given, row in zip(score, read)) for score in scores]
    x = vectors.transform([text_of(row) for row in read])
    return [sum(given == row["label"] for given, row in zip(model.predict(x), read)) for model in models]


def main(folder: pathlib.Path) -> None:
    for task in sorted(path.name for path in folder.iterdir() if path.is_dir()):
        train, validation, test = (rows(folder / task / f"{split}.jsonl") for split in ("train", "validation", "test"))
        if "options" in train[0]:
            texts = [text for row in train for text in option_texts(row)]
            labels = [int(place == row["right"]) for row in train for place in range(len(row["options"]))]
            vectors = TfidfVectorizer(sublinear_tf=True, token_pattern=r"\S+")
        else:
            texts, labels = [text_of(row) for row in train], [row["label"] for row in train]
            vectors = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
        x = vectors.fit_transform(texts)
        models = [LogisticRegression(C=strength, max_iter=2000).fit(x, labels) for strength in STRENGTHS]
        found = right_of(models, vectors, validation)
        best = found.index(max(found))
        correct = right_of([models[best]], vectors, test)[0]
        low, high = wilson(correct, len(test))
        known = [row["right"] if "right" in row else row["label"] for row in test]
        print(json.dumps({"task": task, "floor": round(max(map(known.count, set(known))) / len(known), 4),
                          "regularisation": STRENGTHS[best], "correct": correct, "total": len(test),
                          "accuracy": round(correct / len(test), 4), "interval": [round(low, 4), round(high, 4)]}), flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]))
