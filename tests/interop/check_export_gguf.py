#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""GGUF files of tiny models: the gguf package reads every tensor of a merged model as this project computes it, and
llama.cpp gives our probabilities of the next token for merged models and for LoRA adapters on the base model. Needs
torch, safetensors, gguf and xllamacpp.

    python check_export_gguf.py BUILD_FOLDER/bin/hilo
"""
import pathlib
import shutil
import sys
import tempfile

import adapters
import gguf
import llama_cpp
import numpy
import torch
from check_export_peft import varied
from check_gguf import LAYER_NAMES, reference
from safetensors.torch import load_file

LAYER_NAMES.update(attn_q_norm="self_attn.q_norm", attn_k_norm="self_attn.k_norm")


def nothing(layer: int, name: str):
    return {"ranks": [1], "top_k": 1, "alpha": 1} if layer == 0 and name == "v_proj" else None


def base_gguf(hilo: str, model: pathlib.Path, scratch: pathlib.Path) -> pathlib.Path:
    """The base model as GGUF: merged with an adapter whose numbers are all zero."""
    adapters.write_adapter(scratch / "zero", model, nothing, scale=0)
    adapters.export(hilo, scratch / "zero", model, "merged-gguf", scratch / "base", "--type", "float32")
    return scratch / "base/model.gguf"


def check_tensors(report: adapters.Report, what: str, file: pathlib.Path, folder: pathlib.Path) -> None:
    """file against the merged Hugging Face folder of the same adapter."""
    theirs = reference(gguf.GGUFReader(str(file)))
    ours = load_file(str(folder / "model.safetensors"))
    gemma = "gemma" in what
    worst = 0.0
    for name, value in theirs.items():
        if gemma and name.endswith("norm.weight"):
            value = value - numpy.float32(1)
        worst = max(worst, float(numpy.abs(value - ours.pop(name).numpy()).max()))
    report.true(f"{what}: {len(theirs)} tensors as the gguf package reads them, greatest difference {worst:.1e}, "
                f"left over: {sorted(ours)}", worst < 1e-6 and not ours)


def main(hilo: str) -> None:
    torch.set_num_threads(1)
    report = adapters.Report()
    for name in ("llama", "llama3-rope", "qwen2", "qwen3", "gemma"):
        with tempfile.TemporaryDirectory() as scratch:
            scratch = pathlib.Path(scratch)
            model = scratch / "model"
            shutil.copytree(adapters.MODELS / name, model)
            llama_cpp.add_tokenizer(model, 61)
            adapters.write_adapter(scratch / "own", model, varied)

            def ours(adapter):
                return adapters.our_logits(hilo, model, adapter, scratch)[-1].log_softmax(0)

            def theirs(file, adapter=None):
                return llama_cpp.Model(file, adapter).log_probabilities(adapters.TOKENS, 61)

            base = base_gguf(hilo, model, scratch)
            report.near(f"{name}, base", theirs(base), ours(None), 1e-3)
            adapters.export(hilo, scratch / "own", model, "gguf-lora", scratch / "lora")
            report.near(f"{name}, LoRA", theirs(base, scratch / "lora/adapter.gguf"), ours(scratch / "own"), 1e-3)
            adapters.export(hilo, scratch / "own", model, "merged", scratch / "folder")
            for kind, tolerance in (("float32", 1e-3), ("float16", 0.1), ("q8_0", 0.6)):
                adapters.export(hilo, scratch / "own", model, "merged-gguf", scratch / kind, "--type", kind)
                report.near(f"{name}, merged {kind}", theirs(scratch / kind / "model.gguf"), ours(scratch / "own"),
                            tolerance)
            check_tensors(report, f"{name}, merged", scratch / "float32/model.gguf", scratch / "folder")
    report.finish()


if __name__ == "__main__":
    main(sys.argv[1])
