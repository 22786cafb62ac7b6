#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/data/benchmarks: a few rows of our own in the files and columns in which the benchmarks of
resources/benchmarks are published: Parquet and JSON lines as on the Hugging Face hub (`datasets` writes the Parquet files,
so that their schema has the classes' names), and the authors' tables, JSON lines and lists of labels.

    make_benchmark_fixtures.py FOLDER
"""
import json
import pathlib
import sys

import datasets
from datasets import ClassLabel, Features, Value

TEXT, INT = Value("string"), Value("int32")
OPTIONS = {"text": datasets.List(TEXT), "label": datasets.List(TEXT)}
#: A picture as `datasets` stores it: bytes, and no name of a file.
PICTURE = {"bytes": Value("binary"), "path": TEXT}
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000"
                    "050001a5f645400000000049454e44ae426082")


def parquet(path, features, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    datasets.Dataset.from_list(rows, features=Features(features)).to_parquet(path)


def lines(path, rows):
    text(path, "".join(json.dumps(row) + "\n" for row in rows))


def text(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, newline="")


def table(path, rows):
    text(path, "".join("\t".join(row) + "\n" for row in rows))


def shard(split):
    return f"{split}-00000-of-00001.parquet"


def glue(root):
    pairs = {"sentence1": TEXT, "sentence2": TEXT, "idx": INT}
    mrpc = pairs | {"label": ClassLabel(names=["not_equivalent", "equivalent"])}
    rte = pairs | {"label": ClassLabel(names=["entailment", "not_entailment"])}
    cola = {"sentence": TEXT, "label": ClassLabel(names=["unacceptable", "acceptable"]), "idx": INT}
    for split, labels in (("train", [1, 0, 1]), ("validation", [0]), ("test", [1, 1])):
        parquet(root / "hub/mrpc" / shard(split), mrpc,
                [{"sentence1": f"One {split} {i}.", "sentence2": f"Two {i}.", "idx": i, "label": l} for i, l in enumerate(labels)])
    for split, labels in (("train", [0, 1]), ("validation", [1, 0, 0]), ("test", [-1, -1])):
        parquet(root / "hub/rte" / shard(split), rte,
                [{"sentence1": f"First {split} {i}.", "sentence2": f"Second {i}.", "idx": i, "label": l} for i, l in enumerate(labels)])
        parquet(root / "hub/cola" / shard(split), cola,
                [{"sentence": f"Words {split} {i}.", "label": l, "idx": i} for i, l in enumerate(labels)])
    card = "".join(f"- config_name: {name}\n  data_files:\n" +
                   "".join(f"  - split: {split}\n    path: {name}/{split}-*\n" for split in ("train", "validation", "test"))
                   for name in ("cola", "mrpc", "rte"))
    text(root / "hub/README.md", f"---\nconfigs:\n{card}---\n\n# A collection\n")
    # CoLA's tables have no header, GLUE's have one in test.tsv alone.
    own = root / "cola-raw/raw"
    table(own / "in_domain_train.tsv", [("gj04", "1", "", 'He said "no'), ("gj04", "0", "*", "Him said no.")])
    table(own / "in_domain_dev.tsv", [("gj04", "1", "", "We went.")])
    table(own / "out_of_domain_dev.tsv", [("sgww85", "0", "*", "Went we did it."), ("sgww85", "1", "", "They slept.")])
    table(root / "cola-raw/tokenized/in_domain_train.tsv", [("gj04", "1", "", "not this one")])
    folder = root / "glue-raw"
    table(folder / "CoLA/train.tsv", [("gj04", "1", "", "It is.")])
    table(folder / "CoLA/dev.tsv", [("gj04", "0", "*", "Is it it.")])
    table(folder / "CoLA/test.tsv", [("index", "sentence"), ("0", "Nobody knows.")])
    head = ("Quality", "#1 ID", "#2 ID", "#1 String", "#2 String")
    # Quotes that never end are literal in these tables.
    paraphrases = [("1", "10", "11", 'He called it "great.', "He praised it."), ("0", "12", "13", "Rain fell.", "Nobody saw \"it\".")]
    text(folder / "MRPC/msr_paraphrase_train.txt", "\ufeff" + "".join("\t".join(row) + "\r\n" for row in [head, *paraphrases, paraphrases[0]]))
    text(folder / "MRPC/msr_paraphrase_test.txt", "".join("\t".join(row) + "\n" for row in [head, *paraphrases]))
    table(folder / "MRPC/train.tsv", [head, *paraphrases])
    table(folder / "MRPC/dev.tsv", [head, paraphrases[0]])
    text(root / "msr/msr_paraphrase_train.txt", "".join("\t".join(row) + "\r\n" for row in [head, *paraphrases, paraphrases[0]]))
    text(root / "msr/msr_paraphrase_test.txt", "".join("\t".join(row) + "\r\n" for row in [head, *paraphrases]))
    names = ("index", "sentence1", "sentence2", "label")
    table(folder / "RTE/train.tsv", [names, ("0", "A dog ran.", "An animal ran.", "entailment")])
    table(folder / "RTE/dev.tsv", [names, ("0", "A dog ran.", "A cat sat.", "not_entailment")])
    table(folder / "RTE/test.tsv", [names[:3], ("0", "A dog ran.", "It ran.")])


def science(root):
    features = {"image": PICTURE, "question": TEXT, "choices": datasets.List(TEXT), "answer": Value("int8"), "hint": TEXT,
                "task": TEXT, "grade": TEXT, "subject": TEXT, "lecture": TEXT, "solution": TEXT}

    def row(question, choices, answer, hint="", picture=None):
        return {"image": picture, "question": question, "choices": choices, "answer": answer, "hint": hint, "task": "closed choice",
                "grade": "grade2", "subject": "natural science", "lecture": "", "solution": ""}

    shown = {"bytes": PNG, "path": None}
    parquet(root / "scienceqa/data/train-00000-of-00001-0123456789abcdef.parquet", features,
            [row("Which is hot?", ["ice", "fire"], 1), row("What is seen?", ["a", "b"], 0, picture=shown)])
    parquet(root / "scienceqa/data/validation-00000-of-00001-0123456789abcdef.parquet", features,
            [row("Which is cold?", ["ice", "fire", "sun"], 0, "Think of winter.")])
    parquet(root / "scienceqa/data/test-00000-of-00001-0123456789abcdef.parquet", features,
            [row("What is shown?", ["a", "b"], 1, picture=shown), row("Which flies?", ["stone", "bird", "tree"], 1, "Wings help.\nLook up."),
             row("Which swims?", ["fish", "stone"], 0)])


    problems = {str(i): {"question": question, "choices": ["ice", "fire"], "answer": answer, "hint": "", "image": picture, "task": "closed choice",
                         "subject": "natural science", "lecture": "", "solution": "", "split": split}
                for i, (question, answer, picture, split) in enumerate([
                    ("Which melts?", 0, None, "train"), ("Which is drawn?", 1, "image.png", "test"), ("Which burns?", 1, None, "test"),
                    ("Which cools?", 0, None, "val"), ("Which warms?", 1, None, "train")])}
    text(root / "scienceqa-raw/data/scienceqa/problems.json", json.dumps(problems, indent=2) + "\n")


def options(root):
    def choices(texts, labels="ABCDE"):
        return {"text": texts, "label": list(labels[:len(texts)])}

    five = ["a", "b", "c", "d", "e"]
    csqa = {"id": TEXT, "question": TEXT, "question_concept": TEXT, "choices": OPTIONS, "answerKey": TEXT}
    for split, keys in (("train", "AE"), ("validation", "C"), ("test", ["", ""])):
        parquet(root / "commonsenseqa/data" / shard(split), csqa,
                [{"id": str(i), "question": f"Where {split} {i}?", "question_concept": "place", "choices": choices(five), "answerKey": key}
                 for i, key in enumerate(keys)])

    def nested(stem, texts, key=None, labels="ABCDE"):
        row = {"id": "1", "question": {"stem": stem, "choices": [{"label": l, "text": t} for l, t in zip(labels, texts)]}}
        return row if key is None else row | {"answerKey": key}

    lines(root / "commonsenseqa-raw/train_rand_split.jsonl", [nested("Where one?", five, "B")])
    lines(root / "commonsenseqa-raw/dev_rand_split.jsonl", [nested("Where two?", five, "E"), nested("Where three?", five, "A")])
    lines(root / "commonsenseqa-raw/test_rand_split_no_answers.jsonl", [nested("Where four?", five)])
    four = ["w", "x", "y", "z"]
    obqa = {"id": TEXT, "question_stem": TEXT, "choices": OPTIONS, "answerKey": TEXT}
    for split, key in (("train", "A"), ("validation", "D"), ("test", " B ")):
        parquet(root / "openbookqa/main" / shard(split), obqa,
                [{"id": "1", "question_stem": f"A plant {split}", "choices": choices(four), "answerKey": key}])
        parquet(root / "openbookqa/additional" / shard(split), obqa | {"fact1": TEXT},
                [{"id": "1", "question_stem": "other", "choices": choices(four), "answerKey": key, "fact1": "x"}])
    for name, key in (("train", "A"), ("dev", "D"), ("test", "C")):
        lines(root / f"openbookqa-raw/Data/Main/{name}.jsonl", [nested(f"A plant {name}", four, key)])
    arc = {"id": TEXT, "question": TEXT, "choices": OPTIONS, "answerKey": TEXT}
    for config in ("ARC-Easy", "ARC-Challenge"):
        for split in ("train", "validation", "test"):
            parquet(root / "arc" / config / shard(split), arc,
                    [{"id": "1", "question": f"{config} {split} letters?", "choices": choices(four), "answerKey": "C"},
                     {"id": "2", "question": "Numbers?", "choices": choices(four, "1234"), "answerKey": "4"},
                     {"id": "3", "question": "Three?", "choices": choices(four[:3]), "answerKey": "A"}])
    for word in ("Train", "Dev", "Test"):
        lines(root / f"arc-raw/ARC-Easy/ARC-Easy-{word}.jsonl", [nested(f"Raw {word}?", four, "2", "1234")])
        lines(root / f"arc-raw/ARC-Challenge/ARC-Challenge-{word}.jsonl", [nested(f"Hard {word}?", four, "D")])


def truths(root):
    hub = {"question": TEXT, "answer": Value("bool"), "passage": TEXT}
    for split, answers in (("train", [True, False]), ("validation", [False, True, True])):
        parquet(root / "boolq/data" / shard(split), hub,
                [{"question": f"is it so {i}", "answer": a, "passage": f"About {split}."} for i, a in enumerate(answers)])
    glue = {"question": TEXT, "passage": TEXT, "idx": INT, "label": ClassLabel(names=["False", "True"])}
    for split, labels in (("train", [1, 0]), ("validation", [0, 1, 1]), ("test", [-1])):
        parquet(root / "super-glue/boolq" / shard(split), glue,
                [{"question": f"is it so {i}", "passage": f"About {split}.", "idx": i, "label": l} for i, l in enumerate(labels)])
    for name, labels in (("train", [True]), ("val", [False])):
        lines(root / f"super-glue-raw/BoolQ/{name}.jsonl",
              [{"question": "is it", "passage": "P.", "idx": i, "label": l} for i, l in enumerate(labels)])
        lines(root / f"super-glue-raw/RTE/{name}.jsonl",
              [{"premise": "A.", "hypothesis": "B.", "label": "entailment" if l else "not_entailment", "idx": i} for i, l in enumerate(labels)])


def pairs(root):
    piqa = {"goal": TEXT, "sol1": TEXT, "sol2": TEXT, "label": Value("int64")}
    for split, labels in (("train", [0, 1]), ("validation", [1]), ("test", [-1])):
        parquet(root / "piqa/data" / shard(split), piqa,
                [{"goal": f"To {split} {i}", "sol1": "do this", "sol2": "do that", "label": l} for i, l in enumerate(labels)])
    goals = [{"id": str(i), "goal": f"To open {i}", "sol1": "pull", "sol2": "push"} for i in range(3)]
    lines(root / "piqa-raw/train.jsonl", goals)
    text(root / "piqa-raw/train-labels.lst", "1\n0\n1\n")
    lines(root / "piqa-raw/valid.jsonl", goals[:2])
    text(root / "piqa-raw/valid-labels.lst", "0\r\n1\r\n")
    lines(root / "piqa-raw/tests.jsonl", goals[:1])
    siqa = {"context": TEXT, "question": TEXT, "answerA": TEXT, "answerB": TEXT, "answerC": TEXT, "label": TEXT}
    social = {"context": "Alex left.", "question": "Why?", "answerA": "tired", "answerB": "late", "answerC": "angry"}
    for split, labels in (("train", ["1", "3\n"]), ("validation", ["2\n", "1", "3"])):
        parquet(root / "siqa/data" / shard(split), siqa, [social | {"label": l} for l in labels])
    lines(root / "siqa-raw/train.jsonl", [social, social])
    text(root / "siqa-raw/train-labels.lst", "3\n1\n")
    lines(root / "siqa-raw/dev.jsonl", [social])
    text(root / "siqa-raw/dev-labels.lst", "2\n")
    swag = {"ind": INT, "activity_label": TEXT, "ctx_a": TEXT, "ctx_b": TEXT, "ctx": TEXT, "endings": datasets.List(TEXT),
            "source_id": TEXT, "split": TEXT, "split_type": TEXT, "label": TEXT}

    def ending(i, label, split):
        return {"ind": i, "activity_label": "Cooking", "ctx_a": "She cuts.", "ctx_b": "she", "ctx": "She cuts. she",
                "endings": ["sleeps", "fries", "sings", "flies"], "source_id": f"a~{i}", "split": split, "split_type": "indomain", "label": label}

    for split, labels in (("train", ["0", "3"]), ("validation", ["1"]), ("test", [""])):
        parquet(root / "hellaswag/data" / shard(split), swag, [ending(i, l, split) for i, l in enumerate(labels)])
    for name, label in (("train", 2), ("val", 1), ("test", None)):
        row = ending(0, label, name)
        if label is None:
            del row["label"]
        lines(root / f"hellaswag-raw/hellaswag_{name}.jsonl", [row])


def blanks(root):
    features = {"sentence": TEXT, "option1": TEXT, "option2": TEXT, "answer": TEXT}
    row = {"option1": "cup", "option2": "box"}
    for size in ("debiased", "xl"):
        for split, answers in (("train", ["1"] if size == "debiased" else ["1", "2", "2"]), ("validation", ["2", "1"]), ("test", [""])):
            parquet(root / f"winogrande/winogrande_{size}" / shard(split), features,
                    [row | {"sentence": f"The cup left the box as _ was {split} {size}.", "answer": a} for a in answers])
        if size == "xl":
            parquet(root / "winogrande-xl-alone/winogrande_xl" / shard("train"), features, [row | {"sentence": "The _ is large.", "answer": "2"}])
            parquet(root / "winogrande-xl-alone/winogrande_xl" / shard("validation"), features, [row | {"sentence": "The _ is small.", "answer": "1"}])
            parquet(root / "winogrande-xl-alone/winogrande_m" / shard("train"), features, [row | {"sentence": "The _ is not read.", "answer": "1"}])
        lines(root / f"winogrande-raw/train_{size}.jsonl",
              [{"qID": "1", "sentence": f"It fits as _ is {size}."} | row | {"answer": "2"}] * (1 if size == "debiased" else 2))
    lines(root / "winogrande-raw/dev.jsonl", [{"qID": "2", "sentence": "No, _ is blue."} | row | {"answer": "1"}])
    lines(root / "winogrande-raw/test.jsonl", [{"qID": "3", "sentence": "So _ is red."} | row])
    text(root / "winogrande-raw/dev-labels.lst", "1\n")


def mathematics(root):
    features = {"question": TEXT, "answer": TEXT}
    for config, word in (("main", "plain"), ("socratic", "asked")):
        for split in ("train", "test"):
            parquet(root / "gsm8k" / config / shard(split), features,
                    [{"question": f"How many, {word} {split}?", "answer": "2 and 3 are 5.\n#### 1,005"}])
    for name in ("train", "test", "train_socratic", "test_socratic"):
        lines(root / f"gsm8k-raw/{name}.jsonl", [{"question": f"How many, {name}?", "answer": "One.\n#### 1"}])


def examinations(root):
    features = {"question": TEXT, "subject": TEXT, "choices": datasets.List(TEXT), "answer": ClassLabel(names=["A", "B", "C", "D"])}

    def row(subject, split, answer):
        return {"question": f"Which of {subject} in {split}?", "subject": subject, "choices": ["p", "q", "r", "s"], "answer": answer}

    for split, rows in (("test", [("high_school_physics", 3), ("anatomy", 0)]), ("validation", [("anatomy", 1)]), ("dev", [("anatomy", 2)]),
                        ("auxiliary_train", [("anatomy", 2)])):
        parquet(root / "mmlu/all" / shard(split), features, [row(s, split, a) for s, a in rows])
    for split in ("test", "validation", "dev"):
        parquet(root / "mmlu/anatomy" / shard(split), features, [row("anatomy", split, 1)])
    for folder, word in (("test", "test"), ("val", "val"), ("dev", "dev")):
        text(root / f"mmlu-raw/data/{folder}/anatomy_{word}.csv", '"Which, then?",p,q,r,s,C\n')
        text(root / f"mmlu-raw/data/{folder}/high_school_physics_{word}.csv", f'Which {word}?,1,2,3,4,A\n"Two\nlines?",1,2,3,4,D\n')


def main(root):
    for make in (glue, science, options, truths, pairs, blanks, mathematics, examinations):
        make(root)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
