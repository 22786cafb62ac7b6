#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""MoLA's own classes (GCYZSL/MoLA, src/; AlphaLoRA uses the same) load mixtures that this project exports: every tensor
must be used and the logits be ours. Needs that repository, and its versions beside torch: peft 0.4.0, transformers
4.36, accelerate, safetensors.

    python check_export_mola.py BUILD_FOLDER/bin/hilo
    python check_export_mola.py logits MODEL EXPORT OUT.safetensors

HILO_MOLA_PATH: folders of that repository and of those versions, as PYTHONPATH takes them; without it nothing is checked.
"""
import pathlib
import sys
import tempfile

import adapters
import torch
import transformers
from safetensors.torch import load_file


def by_layer(layer: int, name: str):
    if name == "k_proj" or (layer == 1 and name == "down_proj"):
        return None
    return [{"ranks": [2, 2, 2], "top_k": 2, "alpha": 8}, {"ranks": [3, 1], "top_k": 1, "alpha": 6},
            {"ranks": [4, 4, 2, 1], "top_k": 3, "alpha": 8}][layer]


def attention_only(layer: int, name: str):
    return {"ranks": [2] * (2 + 2 * layer), "top_k": 2, "alpha": 4} if name in ("q_proj", "v_proj") else None


def load(model: pathlib.Path, folder: pathlib.Path):
    """MoLA's model with the adapter, told the counts that the README of the export names."""
    from src.mola_peft_model_hacked import PeftModel

    told = {}
    for line in (folder / "README.md").read_text().splitlines():
        if line.startswith(("number_experts = ", "top_k = ")):
            exec(line, told)
    base = transformers.LlamaForCausalLM.from_pretrained(model, torch_dtype=torch.float32)
    return PeftModel.from_pretrained(base, str(folder), number_experts=told["number_experts"], top_k=told["top_k"]).eval()


def logits_of(loaded) -> torch.Tensor:
    with torch.no_grad():
        return loaded.base_model.model(torch.tensor([adapters.TOKENS])).logits[0]


def main(hilo: str) -> None:
    report = adapters.Report()
    model = adapters.MODELS / "llama"
    for case, module_of in (("by layer", by_layer), ("attention", attention_only)):
        with tempfile.TemporaryDirectory() as scratch:
            scratch = pathlib.Path(scratch)
            adapters.write_adapter(scratch / "own", model, module_of)
            adapters.export(hilo, scratch / "own", model, "mola", scratch / "out")
            loaded = load(model, scratch / "out")
            report.near(case, logits_of(loaded), adapters.our_logits(hilo, model, scratch / "own", scratch), 1e-4)
            stored, state = load_file(str(scratch / "out/adapter_model.safetensors")), loaded.state_dict()
            used = sum(torch.equal(value, state[adapter_name(name, state)]) for name, value in stored.items())
            report.true(f"{case}: {used} of the file's {len(stored)} tensors are in the model", used == len(stored))
    report.finish()


def adapter_name(name: str, state: dict) -> str:
    """The tensor's name in the model, where the adapter's name "default" stands before the expert's number."""
    found = name.replace("lora_A_", "lora_A.default_").replace("lora_B_", "lora_B.default_")
    if found not in state:
        raise SystemExit(f"MoLA's model has no tensor {found}; it has {[key for key in state if 'lora_' in key][:3]}")
    return found


if __name__ == "__main__":
    torch.set_num_threads(1)
    adapters.in_other_python("HILO_MOLA_PATH", "MoLA")
    if sys.argv[1] == "logits":
        adapters.save_logits(logits_of(load(pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]))), sys.argv[4])
    else:
        main(sys.argv[1])
