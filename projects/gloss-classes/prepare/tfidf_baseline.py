#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The classical bar: TF-IDF of words and word pairs with logistic regression on the sample project's split.

    python3 tfidf_baseline.py ../data

Needs scikit-learn. The regularisation is chosen on the validation rows; the test rows are scored once.
"""
import json
import math
import pathlib
import sys

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression


def rows(path: pathlib.Path):
    read = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [row["text"] for row in read], [row["label"] for row in read]


def wilson(correct: int, total: int):
    z, share = 1.959963985, correct / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z / (1 + z * z / total) * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return middle - half, middle + half


def main(folder: pathlib.Path) -> None:
    train, validation, test = (rows(folder / f"{name}.jsonl") for name in ("train", "validation", "test"))
    vectors = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    x = vectors.fit_transform(train[0])
    best = max((LogisticRegression(C=c, max_iter=2000).fit(x, train[1]) for c in (1, 3, 10, 30)),
               key=lambda model: model.score(vectors.transform(validation[0]), validation[1]))
    correct = sum(a == b for a, b in zip(best.predict(vectors.transform(test[0])), test[1]))
    low, high = wilson(correct, len(test[1]))
    print(json.dumps({"regularisation": best.C, "correct": correct, "total": len(test[1]),
                      "accuracy": round(correct / len(test[1]), 4), "interval": [round(low, 4), round(high, 4)]}))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
