#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""SmolLM2-135M-Instruct, read from its GGUF file, and conversations that people have written (dialogues.py) in the model's own
chat template: a short training brings the loss on validation rows below the base's; both losses are transformers' and peft's,
for conversations, Alpaca, prompts with completions and whole texts. Needs torch, transformers, peft, gguf, PyYAML.

    python check_smollm2_loss.py BUILD_FOLDER/bin/hilo
HILO_DIALOGUE_RUN: a run on all of the conversations (docs/results.md) that is compared instead of a short one.
"""
import json
import os
import pathlib
import sys
import tempfile

import adapters
import check_validation_loss as tiny
import dialogues
import losses
import smollm2
import torch
import transformers
from peft import PeftModel

STEPS, ROWS, LONGEST = 12, 16, 128


def main(hilo: str) -> None:
    torch.set_num_threads(1)
    transformers.utils.logging.disable_progress_bar()
    report = adapters.Report()
    path = smollm2.path()
    glosses = [json.loads(line) for line in tiny.GLOSSES.read_text().splitlines()[:ROWS]]
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        rows = dialogues.write(scratch / "dialogues")
        report.true(f"conversations: {rows}", rows["train"] == 500 and min(rows.values()) > 100)
        run = os.environ.get("HILO_DIALOGUE_RUN")
        if not run:
            run, _, _ = losses.train(hilo, scratch, path, {"path": str(scratch / "dialogues")}, {
                "steps": STEPS, "batch_size": 8, "learning_rate": 1e-3, "max_length": LONGEST})
        adapters.export(hilo, run, path, "peft", scratch / "peft")
        model, tokenizer = smollm2.load()
        model = PeftModel.from_pretrained(model, str(scratch / "peft")).eval()
        conversations = [json.loads(line) for line in (scratch / "dialogues/validation.jsonl").read_text().splitlines()]
        for name, form, made in (("conversations", "chat", conversations[:2 * ROWS]), ("Alpaca", "alpaca", tiny.alpaca(glosses)),
                                 ("prompt and completion", "prompt-completion", tiny.prompts(glosses)),
                                 ("texts", "text", tiny.texts(glosses))):
            losses.write_rows(scratch / form, {"validation": made, "test": made})
            read = [losses.cut(*losses.tokens_of(tokenizer, form, row), LONGEST, None) for row in made]
            after, count = losses.loss(model, read)
            with model.disable_adapter():
                before, _ = losses.loss(model, read)
            ours = json.loads(adapters.run([
                hilo, "evaluate", path, "--adapter", run, "--data", scratch / form, "--split", "validation", "--compare-base",
                "--protocol", "loss", "--loss-on", "whole_text" if form == "text" else "answer", "--max-length", LONGEST,
                "--threads", 1, "--json"]).stdout)
            report.true(f"{name}: {ours['tokens']} tokens of {len(made)} rows, {ours['truncated_rows']} cut",
                        ours["tokens"] == count)
            report.near(f"{name}, base ({before:.4f})", torch.tensor(ours["base"]["loss"]), torch.tensor(before), 1e-4)
            report.near(f"{name}, adapter ({after:.4f})", torch.tensor(ours["loss"]), torch.tensor(after), 1e-4)
            if form == "chat":
                report.true(f"{name}: {ours['loss']:.4f} is below the base's {ours['base']['loss']:.4f}",
                            ours["loss"] < ours["base"]["loss"])
    report.finish()


if __name__ == "__main__":
    main(sys.argv[1])
