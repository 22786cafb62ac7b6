#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/data/metrics/expected.json: what scikit-learn, rouge_score and torchmetrics' SQuAD metrics say about made
answers, for tests/core/metrics. Needs scikit-learn, rouge_score and torchmetrics.

    python make_metric_fixtures.py
"""
import json
import pathlib
import random
import re

import sklearn
import torchmetrics
from rouge_score import rouge_scorer
from sklearn.metrics import accuracy_score, f1_score, matthews_corrcoef
from torchmetrics.functional.text.squad import _compute_exact_match_score, _compute_f1_score

TARGET = pathlib.Path(__file__).resolve().parents[1] / "data/metrics/expected.json"

TEXTS = [
    ("the cat sat on the mat", "a cat sat on a mat"),
    ("Paris", "paris."),
    ("The Beatles", "Beatles, the"),
    ("an answer", ""),
    ("", "something"),
    ("", ""),
    ("the", "a"),
    ("a an the", "..."),
    ("42", "42"),
    ("U.S.A.", "USA"),
    ("twenty-one", "twentyone"),
    ("It's 5 o'clock", "its 5 oclock"),
    ("L\u2019\u00e9t\u00e9 \u00e0 Paris", "l\u2019\u00c9T\u00c9 \u00c0 PARIS"),
    ("\u4e2d\u6587 \u7b54\u6848", "\u4e2d\u6587 \u7b54\u6848"),
    ("\u4e2d\u6587 \u7b54\u6848", "english answer"),
    ("a\u00a0b\u2003c", "b c"),
    ("the_end", "theend"),
    ("one two three four five six", "six five four three two one"),
    ("one two two three", "two two two"),
    ("line one\nline two", "line one line two"),
    ("\u2018the\u2019 end", "end"),
    ("caf\u00e9 au lait", "cafe au lait"),
    ("so 3 + 4 = 7\n#### 7", "3 + 4 is 7\n#### 7"),
    ("#### 1,234", "#### 1234"),
    ("#### -5", "#### 5"),
    ("#### 18", "#### 18.0"),
    ("#### 18", "the answer is 18"),
    ("#### 18", "####18 and #### 18 and #### 19"),
    ("#### 7", "#### seven #### 7"),
    ("no number", "#### 7"),
]


def random_texts(generator, count):
    words = ["a", "the", "river", "Bank", "of", "water,", "an", "old", "tree.", "7", "stone-wall", "(near)", "it's"]
    for _ in range(count):
        made = lambda: " ".join(generator.choice(words) for _ in range(generator.randint(0, 9)))
        yield made(), made()


def number(text):
    """GSM8K's rule: openai/grade-school-math, dataset.py."""
    found = re.search(r"#### (\-?[0-9\.\,]+)", text)
    return found.group(1).strip().replace(",", "") if found else None


def text_case(wanted, written, rouge):
    gold = number(wanted)
    latin = rouge.score(wanted, wanted)["rougeL"].fmeasure
    return {"wanted": wanted, "written": written,
            "exact_match": float(_compute_exact_match_score(written, wanted)),
            "token_f1": float(_compute_f1_score(written, wanted)),
            "rouge_l": rouge.score(wanted, written)["rougeL"].fmeasure if latin > 0 else None,
            "number_match": None if gold is None else float(number(written) == gold)}


def label_case(generator, labels, rows, skill, none_share=0.0, only=None):
    right = [only or generator.choice(labels) for _ in range(rows)]
    given = [r if generator.random() < skill else generator.choice(labels) for r in right]
    given = [None if generator.random() < none_share else g for g in given]
    said = ["(none)" if g is None else g for g in given]
    case = {"labels": labels, "right": right, "given": given, "accuracy": accuracy_score(right, said)}
    # scikit-learn says 0 where the correlation is not defined.
    defined = len(set(right)) > 1 and len(set(said)) > 1
    case["matthews"] = float(matthews_corrcoef(right, said)) if defined else None
    seen = sorted(set(right) | {g for g in given if g is not None})
    case["f1_macro"] = float(f1_score(right, said, labels=seen, average="macro", zero_division=0))
    positive = labels[1] in right or labels[1] in given
    case["f1"] = (float(f1_score(right, said, labels=[labels[1]], average="macro", zero_division=0))
                  if len(labels) == 2 and positive else None)
    return case


def main():
    generator = random.Random(7)
    rouge = rouge_scorer.RougeScorer(["rougeL"], use_stemmer=False)
    texts = [text_case(*pair, rouge) for pair in TEXTS + list(random_texts(generator, 60))]
    cases = [label_case(generator, ["no", "yes"], 40, 0.6), label_case(generator, ["no", "yes"], 40, 0.6, 0.2),
             label_case(generator, ["no", "yes"], 12, 1.0), label_case(generator, ["no", "yes"], 12, 0.3, only="no"),
             label_case(generator, ["no", "yes"], 6, 1.0, only="no"), label_case(generator, list("abcde"), 60, 0.5, 0.1),
             label_case(generator, list("abcde"), 7, 0.2), label_case(generator, ["x", "y", "z"], 9, 0.0, 1.0),
             label_case(generator, ["no", "yes"], 1, 1.0)]
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps(
        {"made_by": f"scikit-learn {sklearn.__version__}, rouge_score 0.1.2, torchmetrics {torchmetrics.__version__}",
         "texts": texts, "labels": cases}, indent=1) + "\n")
    print(TARGET, len(texts), len(cases))


if __name__ == "__main__":
    main()
