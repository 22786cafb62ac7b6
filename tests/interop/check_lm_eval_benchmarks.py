#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Benchmarks by name against lm-evaluation-harness's own tasks, row by row: ARC-Easy and PIQA, each in two published forms whose
rows are made of WordNet's words (projects/word-skills), on the sample project's base and on SmolLM2: the likelihood of every
option, acc and acc_norm. The harness reads prompts, options and answers from the published columns by its own arc_easy.yaml and
piqa.yaml. Needs torch, transformers, lm_eval, gguf.

    python check_lm_eval_benchmarks.py BUILD_FOLDER/bin/hilo
"""
import json
import pathlib
import sys
import tempfile

import adapters
import check_lm_eval
import lm_eval
import smollm2
import torch
import transformers
import yaml
from lm_eval.api.task import ConfigurableTask
from lm_eval.models.huggingface import HFLM

ROWS = 100
ROWS_OF_SMOLLM2 = 20
WORDS = adapters.ROOT / "projects/word-skills/data"
TASKS = pathlib.Path(lm_eval.__file__).parent / "tasks"


def rows(task: str, count: int) -> list:
    return [json.loads(line) for line in (WORDS / task / "test.jsonl").read_text().splitlines()[:count]]


def lines(path: pathlib.Path, written: list) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in written))


def arc(folder: pathlib.Path, form: str, count: int) -> list:
    """Questions with four options; every third row has three, and every second one counts them 1, 2, 3, 4, as in ARC."""
    hub, authors = [], []
    for at, row in enumerate(rows("hypernyms", count)):
        options, right = list(row["options"]), row["options"][row["right"]]
        if at % 3 == 0:
            options.remove(next(option for option in reversed(options) if option != right))
        labels = ("1234" if at % 2 else "ABCD")[:len(options)]
        question, answer = f"{row['word']} is {row['gloss']}. What is it a kind of?", labels[options.index(right)]
        hub.append({"id": f"words_{at}", "question": question, "choices": {"text": options, "label": list(labels)},
                    "answerKey": answer})
        authors.append({"id": f"words_{at}", "answerKey": answer, "question": {
            "stem": question, "choices": [{"text": text, "label": label} for text, label in zip(options, labels)]}})
    for split in ("Train", "Dev", "Test"):
        if form == "hub":
            lines(folder / f"ARC-Easy/{ {'Dev': 'validation'}.get(split, split.lower()) }.jsonl", hub)
        else:
            lines(folder / f"ARC-Easy-{split}.jsonl", authors)
    return hub


def piqa(folder: pathlib.Path, form: str, count: int) -> list:
    """Two ways; the authors keep the labels in a list beside the rows."""
    pairs = [row for row in rows("opposites", 480) if row["label"] == "yes"]
    hub = []
    for at, (row, other) in enumerate(zip(pairs[:count], pairs[count:] + pairs)):
        ways = [f"Say that it is {row['second']}.", f"Say that it is {other['second']}, and no more than that."]
        label = (at // 2) % 2
        hub.append({"goal": f"How do you say the opposite of {row['first']}?", "sol1": ways[label], "sol2": ways[1 - label],
                    "label": label})
    for split, name in (("train", "train"), ("validation", "valid")):
        if form == "hub":
            lines(folder / f"{split}.jsonl", hub)
        else:
            lines(folder / f"{name}.jsonl", [{key: row[key] for key in ("goal", "sol1", "sol2")} for row in hub])
            (folder / f"{name}-labels.lst").write_text("".join(f"{row['label']}\n" for row in hub))
    return hub


def theirs(model: HFLM, name: str, published: list, scratch: pathlib.Path) -> list:
    """By the harness's own description of the task, read from a file with the hub's columns."""
    path = scratch / "published.jsonl"
    lines(path, published)
    config = yaml.safe_load((TASKS / {"arc-easy": "arc/arc_easy.yaml", "piqa": "piqa/piqa.yaml"}[name]).read_text())
    for key in ("tag", "dataset_name", "training_split", "validation_split", "metadata"):
        config.pop(key, None)
    config.update(dataset_path="json", dataset_kwargs={"data_files": {"test": str(path)}}, test_split="test")
    task = ConfigurableTask(config=config)
    result = lm_eval.simple_evaluate(model=model, tasks=[task], log_samples=True, bootstrap_iters=0, batch_size=8)
    return sorted(result["samples"][config["task"]], key=lambda sample: sample["doc_id"])


def check(report: adapters.Report, hilo: str, path: pathlib.Path, model: HFLM, label: str, count: int) -> None:
    for name, made in (("arc-easy", arc), ("piqa", piqa)):
        for form in ("hub", "authors"):
            with tempfile.TemporaryDirectory() as folder:
                scratch = pathlib.Path(folder)
                published = made(scratch / "data", form, count)
                samples = theirs(model, name, published, scratch)
                predictions = scratch / "predictions.ndjson"
                result = json.loads(adapters.run([
                    hilo, "evaluate", path, "--benchmark", f"likelihood-{name}", "--data", scratch / "data", "--threads", 1,
                    "--batch-size", 16, "--predictions", predictions, "--json"]).stdout)
                ours = [json.loads(line) for line in predictions.read_text().splitlines()]
            what = f"{label}, {name} ({form})"
            report.true(f"{what}: {len(ours)} rows", len(ours) == len(samples) == count)
            found = [[float(answer[0]) for answer in sample["filtered_resps"]] for sample in samples]
            report.true(f"{what}: as many options in each row", all(
                len(row["likelihoods"]) == len(other) for row, other in zip(ours, found)))
            expected = torch.tensor([value for row in found for value in row])
            scale = (expected.abs() / 50).clamp(min=1)
            report.near(f"{what}: likelihoods down to {float(expected.min()):.0f}", torch.tensor(
                [value for row in ours for value in row["likelihoods"]]) / scale, expected / scale, 1e-4)
            for metric, key in (("acc", "given"), ("acc_norm", "given_normalised")):
                same = sum((row.get(key) == row["right"]) == bool(sample[metric]) for row, sample in zip(ours, samples))
                report.true(f"{what}, {metric}: {same} of {count} rows agree", same == count)
            for metric, value in (("acc", result["accuracy"]), ("acc_norm", result["metrics"]["accuracy_normalised"])):
                report.near(f"{what}: mean {metric}", torch.tensor(value),
                            torch.tensor(sum(float(sample[metric]) for sample in samples) / count), 1e-6)


def main(hilo: str) -> None:
    torch.set_num_threads(1)
    transformers.utils.logging.disable_progress_bar()
    report = adapters.Report()
    for name, module in list(sys.modules.items()):
        if name.startswith("lm_eval") and "tqdm" in vars(module):
            module.tqdm = check_lm_eval.NoBar
    base = check_lm_eval.MODEL
    check(report, hilo, base, HFLM(pretrained=str(base), dtype="float32", device="cpu", batch_size=8), "sample base", ROWS)
    path, large = smollm2.path(), smollm2.load()
    check(report, hilo, path, HFLM(pretrained=large[0], tokenizer=large[1], batch_size=8), "SmolLM2", ROWS_OF_SMOLLM2)
    report.finish()


if __name__ == "__main__":
    main(sys.argv[1])
