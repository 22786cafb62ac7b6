#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The protocol choice-likelihood against lm-evaluation-harness's multiple_choice, row by row, on 200 rows of each of two
tasks of WordNet's glosses with the sample project's base, and on 40 with SmolLM2: the likelihood of every choice, acc and
acc_norm. And the loss of answers and of whole texts against transformers. Needs torch, transformers, lm_eval, gguf.

    python check_lm_eval.py BUILD_FOLDER/bin/hilo
"""
import json
import os
import pathlib
import random
import sys
import tempfile

os.environ.setdefault("HF_DATASETS_OFFLINE", "1")

import adapters
import lm_eval
import smollm2
import torch
import tqdm
import transformers
from lm_eval.api.task import ConfigurableTask
from lm_eval.models.huggingface import HFLM

ROWS = 200
ROWS_OF_SMOLLM2 = 40
MODEL = adapters.ROOT / "projects/gloss-classes/base"
DATA = adapters.ROOT / "projects/gloss-classes/data/test.jsonl"


class NoBar(tqdm.tqdm):
    """lm_eval shows its bars whatever TQDM_DISABLE says."""

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **{**named, "disable": True})


def class_rows(rows: list, labels: list) -> tuple:
    """A label of several words behind a gloss; the template's own spaces are moved to the answer."""
    template = {"format": "hilo.prompt/1", "name": "classes", "kind": "classification", "label_column": "label",
                "labels": labels, "prompt": "{text} is what people would call ", "answer": "some kind of {label} or other"}
    written = [{"text": row["text"], "label": row["label"]} for row in rows]
    asked = [{"context": row["text"] + " is what people would call", "right": labels.index(row["label"]),
              "choices": [f"some kind of {label} or other" for label in labels]} for row in rows]
    return template, written, asked


def option_rows(rows: list, pool: list) -> tuple:
    """Which of four glosses of different lengths is of this kind?"""
    generator = random.Random(5)
    template = {"format": "hilo.prompt/1", "name": "options", "kind": "choice", "label_column": "right",
                "choice_column": "options", "prompt": "One {kind} is:", "answer": " {text}"}
    written, asked = [], []
    for row in rows:
        others = [other["text"] for other in generator.sample(pool, 8) if other["label"] != row["label"]][:3]
        options = [row["text"], *others]
        generator.shuffle(options)
        right = options.index(row["text"])
        written.append({"kind": row["label"], "options": options, "right": "ABCD"[right]})
        asked.append({"context": f"One {row['label']} is:", "right": right, "choices": options})
    return template, written, asked


def theirs(model: HFLM, name: str, asked: list, scratch: pathlib.Path) -> list:
    path = scratch / f"{name}.asked.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in asked))
    task = ConfigurableTask(config={
        "task": name, "dataset_path": "json", "dataset_kwargs": {"data_files": {"test": str(path)}}, "test_split": "test",
        "output_type": "multiple_choice", "doc_to_text": "{{context}}", "doc_to_choice": "{{choices}}",
        "doc_to_target": "right", "metric_list": [{"metric": "acc"}, {"metric": "acc_norm"}]})
    result = lm_eval.simple_evaluate(model=model, tasks=[task], log_samples=True, bootstrap_iters=0, batch_size=8)
    samples = sorted(result["samples"][name], key=lambda sample: sample["doc_id"])
    return [{"likelihoods": [float(answer[0]) for answer in sample["filtered_resps"]], "acc": sample["acc"],
             "acc_norm": sample["acc_norm"]} for sample in samples]


def evaluate(hilo: str, path: pathlib.Path, scratch: pathlib.Path, name: str, template: dict, rows: list, *more) -> tuple:
    (scratch / f"{name}.json").write_text(json.dumps(template))
    (scratch / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    predictions = scratch / f"{name}.predictions.ndjson"
    result = json.loads(adapters.run([hilo, "evaluate", path, "--data", scratch / f"{name}.jsonl", "--template",
                                      scratch / f"{name}.json", "--threads", 1, "--predictions", predictions, "--json",
                                      *more]).stdout)
    return result, [json.loads(line) for line in predictions.read_text().splitlines()]


def check_choices(report: adapters.Report, hilo: str, path: pathlib.Path, model: HFLM, scratch: pathlib.Path, name: str,
                  made: tuple, batches: tuple) -> None:
    template, rows, asked = made
    expected = theirs(model, name, asked, scratch)
    for batch in batches:
        result, ours = evaluate(hilo, path, scratch, name, template, rows, "--protocol", "choice-likelihood",
                                "--batch-size", batch)
        report.true(f"{name}: {len(ours)} rows", len(ours) == len(expected) == len(asked))
        # Beyond 50 nats two millionths of the sum: with SmolLM2 both programs are as far as that from float64.
        found = torch.tensor([row["likelihoods"] for row in expected])
        scale = (found.abs() / 50).clamp(min=1)
        report.near(f"{name}, batches of {batch}, likelihoods down to {float(found.min()):.0f}",
                    torch.tensor([row["likelihoods"] for row in ours]) / scale, found / scale, 1e-4)
        for metric, key in (("acc", "given"), ("acc_norm", "given_normalised")):
            same = sum((row.get(key) == row["right"]) == bool(other[metric]) for row, other in zip(ours, expected))
            report.true(f"{name}, batches of {batch}, {metric}: {same} of {len(ours)} rows agree", same == len(ours))
        report.near(f"{name}, acc", torch.tensor(result["accuracy"]),
                    torch.tensor(sum(row["acc"] for row in expected) / len(expected)), 1e-6)
        report.near(f"{name}, acc_norm", torch.tensor(result["metrics"]["accuracy_normalised"]),
                    torch.tensor(sum(row["acc_norm"] for row in expected) / len(expected)), 1e-6)


def check_loss(report: adapters.Report, hilo: str, model: HFLM, scratch: pathlib.Path, rows: list) -> None:
    template = {"format": "hilo.prompt/1", "name": "plain", "kind": "instruction", "prompt": "{label}:", "answer": " {text}"}
    for loss_on in ("answer", "whole_text"):
        result, _ = evaluate(hilo, MODEL, scratch, "plain", template, rows, "--loss-on", loss_on)
        total, count = 0.0, 0
        for row in rows:
            prompt = model.tokenizer.encode(row["label"] + ":")
            tokens = model.tokenizer.encode(row["label"] + ": " + row["text"]) + [model.tokenizer.eos_token_id]
            labels = list(tokens)
            if loss_on == "answer":
                labels[:len(prompt)] = [-100] * len(prompt)
            with torch.no_grad():
                output = model.model(torch.tensor([tokens]), labels=torch.tensor([labels]))
            counted = sum(label != -100 for label in labels[1:])
            total, count = total + float(output.loss) * counted, count + counted
        report.true(f"loss on {loss_on}: {count} tokens", result["tokens"] == count)
        report.near(f"loss on {loss_on}, transformers {transformers.__version__}", torch.tensor(result["loss"]),
                    torch.tensor(total / count), 1e-4)
        report.true(f"loss on {loss_on}: protocol loss", result["protocol"] == "loss")


def main(hilo: str) -> None:
    torch.set_num_threads(1)
    transformers.utils.logging.disable_progress_bar()
    rows = [json.loads(line) for line in DATA.read_text().splitlines()]
    labels = sorted({row["label"] for row in rows})
    report = adapters.Report()
    for name, module in list(sys.modules.items()):
        if name.startswith("lm_eval") and "tqdm" in vars(module):
            module.tqdm = NoBar
    model = HFLM(pretrained=str(MODEL), dtype="float32", device="cpu", batch_size=8)
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        for name, made in (("classes", class_rows(rows[:ROWS], labels)),
                           ("options", option_rows(rows[ROWS:2 * ROWS], rows[2 * ROWS:]))):
            check_choices(report, hilo, MODEL, model, scratch, name, made, (1, 16))
        check_loss(report, hilo, model, scratch, rows[:100])
        path, large = smollm2.path(), smollm2.load()
        model = HFLM(pretrained=large[0], tokenizer=large[1], batch_size=8)
        for name, made in (("classes", class_rows(rows[:ROWS_OF_SMOLLM2], labels)),
                           ("options", option_rows(rows[-ROWS_OF_SMOLLM2:], rows[2 * ROWS:-ROWS_OF_SMOLLM2]))):
            check_choices(report, hilo, path, model, scratch, f"SmolLM2-{name}", made, (16,))
    report.finish()


if __name__ == "__main__":
    main(sys.argv[1])
