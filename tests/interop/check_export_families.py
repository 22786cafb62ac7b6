#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exports adapters of a tiny model of every family in tests/data/families for PEFT, of mixtures also on their own experts, loads them with peft over
transformers' model and compares the logits with this project's. Every tensor must be used and no warning be given.
Needs torch, transformers, peft and safetensors.

    python check_export_families.py BUILD_FOLDER/bin/hilo [MODEL...]
"""
import json
import pathlib
import sys
import tempfile

import adapters
import check_export_peft
import torch
import transformers


def main(hilo: str, *models: str) -> None:
    torch.set_num_threads(1)
    transformers.utils.logging.disable_progress_bar()
    report = adapters.Report()
    for model in sorted(folder for folder in adapters.FAMILIES.iterdir()
                        if (folder / "config.json").exists() and (not models or folder.name in models)):
        with tempfile.TemporaryDirectory() as scratch:
            scratch = pathlib.Path(scratch)
            experts = adapters.experts_of(check_export_peft.load(model))
            adapters.write_adapter(scratch / "own", model, check_export_peft.varied, "alpha_over_rank",
                                   shapes=adapters.stored_shapes(model), experts=experts)
            config = adapters.text_config(json.loads((model / "config.json").read_text()))
            tokens = [token % config["vocab_size"] for token in adapters.TOKENS]
            ours = adapters.our_logits(hilo, model, scratch / "own", scratch, tokens)
            plain = adapters.our_logits(hilo, model, None, scratch, tokens)
            report.true(f"{model.name}: the adapter changes the logits", float((ours - plain).abs().max()) > 1e-3)
            adapters.export(hilo, scratch / "own", model, "peft", scratch / "peft")
            theirs = check_export_peft.peft_logits(report, model, scratch / "peft", model.name, tokens)
            report.near(model.name, theirs, ours, 1e-4)
    report.finish()


if __name__ == "__main__":
    main(*sys.argv[1:])
