#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Logits of the files in tests/data/gguf, which llama.cpp's converter made, against those of the Hugging Face models
that they were made of; and of the Hugging Face folders that `merged` makes of the files, in transformers. Needs torch,
transformers, peft and safetensors.

    python check_gguf_families.py BUILD_FOLDER/bin/hilo [MODEL...]
"""
import json
import pathlib
import shutil
import sys
import tempfile

import adapters
import check_export_peft
import smollm2
import torch
import transformers


def merged(hilo: str, file: pathlib.Path, folder: pathlib.Path, scratch: pathlib.Path):
    """The folder made of the file, with an adapter in it whose numbers are all zero."""
    adapter, out = scratch / f"{file.stem}-zero", scratch / file.stem
    shapes = None if file.stem == "gpt2" else adapters.stored_shapes(folder)
    adapters.write_adapter(adapter, folder, lambda layer, name: {"ranks": [1], "top_k": 1, "alpha": 1}, scale=0,
                           shapes=shapes)
    told = json.loads((adapter / "adapter.json").read_text())
    told["map"]["model"]["architecture"] = json.loads(
        adapters.run([hilo, "inspect", file, "--json"]).stdout)["architecture"]
    (adapter / "adapter.json").write_text(json.dumps(told))
    adapters.export(hilo, adapter, file, "merged", out, "--type", "float32")
    return out


def as_llama_cpp_runs_it(folder: pathlib.Path, scratch: pathlib.Path) -> pathlib.Path:
    """A gemma4 file without a cap of the logits, which its converter writes for a model without, has one of 30 in
    llama.cpp."""
    config = json.loads((folder / "config.json").read_text())
    if config["model_type"] != "gemma4_text" or config["final_logit_softcapping"]:
        return folder
    capped = scratch / f"{folder.name}-capped"
    shutil.copytree(folder, capped)
    (capped / "config.json").write_text(json.dumps({**config, "final_logit_softcapping": 30.0}))
    return capped


def main(hilo: str, *models: str) -> None:
    transformers.utils.logging.disable_progress_bar()
    report = adapters.Report()
    files = sorted((smollm2.ROOT / "tests/data/gguf").glob("*.gguf"))
    files = [file for file in files if not models or file.stem in models]
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        for file in files:
            folder = file.with_suffix("")
            if not folder.exists():
                folder = adapters.FAMILIES / file.stem
            folder = as_llama_cpp_runs_it(folder, scratch)
            config = adapters.text_config(json.loads((folder / "config.json").read_text()))
            tokens = [token % config["vocab_size"] for token in adapters.TOKENS]
            expected = adapters.our_logits(hilo, folder, None, scratch, tokens)
            report.near(file.stem, adapters.our_logits(hilo, file, None, scratch, tokens), expected, 1e-4)
            out = merged(hilo, file, folder, scratch)
            with torch.no_grad():
                theirs = check_export_peft.load(out).eval()(torch.tensor([tokens])).logits[0]
            report.near(f"{file.stem}, merged, in transformers", theirs, expected, 1e-4)
    report.finish()


if __name__ == "__main__":
    main(*sys.argv[1:])
