#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares the logits of every family's tiny model (tests/data/models and families) with those of the transformers that is installed
now; the stored ones, which the default tests compare with, were made by make_model_fixtures.py and
make_family_fixtures.py. Needs torch, transformers
and safetensors.

    python check_logits.py BUILD_FOLDER/bin/hilo [MODEL...]
"""
import pathlib
import sys
import tempfile

import adapters
import check_export_peft
import torch
import transformers
from safetensors.torch import load_file


def main(hilo: str, *models: str) -> None:
    torch.set_num_threads(1)
    transformers.utils.logging.disable_progress_bar()
    report = adapters.Report()
    with tempfile.TemporaryDirectory() as scratch:
        for model in sorted(path for folder in (adapters.MODELS, adapters.FAMILIES) for path in folder.iterdir()
                            if path.is_dir() and (not models or path.name in models)):
            stored = load_file(str(model / "expected.safetensors"))
            tokens = stored["tokens"].tolist()
            reference = check_export_peft.load(model, attn_implementation="eager").eval()
            with torch.no_grad():
                expected = reference(torch.tensor([tokens])).logits[0]
            ours = adapters.our_logits(hilo, model, None, pathlib.Path(scratch), tokens)
            report.near(f"{model.name}, transformers {transformers.__version__}", ours, expected, 1e-4)
            report.near(f"{model.name}, stored", ours, stored["logits"], 1e-4)
    report.finish()


if __name__ == "__main__":
    main(*sys.argv[1:])
