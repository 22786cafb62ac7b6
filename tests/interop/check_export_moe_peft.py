#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""MoE-PEFT (TUDB-Labs/MoE-PEFT) loads adapters of its types MOLA, LORAMOE and LORA that this project exports, and gives
our logits. Needs that repository, and its versions beside torch: transformers 4.46; datasets and evaluate are imported
by it but not used here.

    python check_export_moe_peft.py BUILD_FOLDER/bin/hilo
    python check_export_moe_peft.py logits MODEL EXPORT OUT.safetensors

HILO_MOE_PEFT_PATH: folders of that repository and of those versions, as PYTHONPATH takes them; without it nothing is checked.
"""
import importlib.machinery
import importlib.util
import json
import pathlib
import sys
import tempfile
import unittest.mock

import adapters
import torch


def mixture(layer: int, name: str):
    if name == "o_proj":
        return None
    return {"ranks": [2, 3, 1, 2], "top_k": 2, "alpha": 8} if layer == 0 else {"ranks": [1, 4], "top_k": 1, "alpha": 6}


def dense_mlp(layer: int, name: str):
    if name == "q_proj":
        return {"ranks": [4], "top_k": 1, "alpha": 8}
    if name in ("up_proj", "gate_proj"):
        return {"ranks": [2, 2] if layer else [1, 2, 3, 4], "top_k": 1, "alpha": 8}
    return None


def plain(layer: int, name: str):
    return {"ranks": [2 + layer], "top_k": 1, "alpha": 5} if name in ("q_proj", "down_proj") else None


def load(model: pathlib.Path, folder: pathlib.Path):
    """MoE-PEFT's model with the adapter; stand-ins take the place of packages that only its tasks use."""
    for absent in ("datasets", "evaluate", "sklearn", "sklearn.metrics"):
        # The newest datasets and evaluate, which other checks need, do not go with MoE-PEFT's older packages.
        if absent in ("datasets", "evaluate") or importlib.util.find_spec(absent.split(".")[0]) is None or absent in sys.modules:
            sys.modules[absent] = unittest.mock.MagicMock(__spec__=importlib.machinery.ModuleSpec(absent, None))
    import moe_peft

    loaded = moe_peft.LLMModel.from_pretrained(str(model), device="cpu", load_dtype=torch.float32)
    loaded.load_adapter(str(folder), "default")
    return loaded


def logits_of(loaded) -> torch.Tensor:
    import moe_peft

    batch = moe_peft.LLMModelInput(
        batch_configs_=[moe_peft.LLMBatchConfig(adapter_name_="default", batch_start_idx_=0, batch_end_idx_=1)],
        batch_tokens_=[adapters.TOKENS], batch_labels_=[adapters.TOKENS],
        batch_masks_=[[True] * len(adapters.TOKENS)], inference_mode_=True)
    with torch.no_grad():
        return loaded(batch)[0].logits[0]


def main(hilo: str) -> None:
    report = adapters.Report()
    cases = (("MOLA", "llama", mixture, "top_k"), ("MOLA", "qwen2", mixture, "top_k"),
             ("LORAMOE", "llama", dense_mlp, "dense"), ("LORA", "llama", plain, "top_k"))
    for kind, name, module_of, router in cases:
        model = adapters.MODELS / name
        with tempfile.TemporaryDirectory() as scratch:
            scratch = pathlib.Path(scratch)
            adapters.write_adapter(scratch / "own", model, module_of, router=router)
            adapters.export(hilo, scratch / "own", model, "moe-peft", scratch / "out")
            config = json.loads((scratch / "out/adapter_config.json").read_text())
            report.true(f"{kind}, {name}: type {config['peft_type']}", config["peft_type"] == kind)
            stored = torch.load(scratch / "out/adapter_model.bin", weights_only=True)
            loaded = load(model, scratch / "out")
            kept = loaded.get_adapter_weight_dict("default")
            used = sum(key in kept and torch.equal(kept[key], value) for key, value in stored.items())
            report.true(f"{kind}, {name}: {used} of the file's {len(stored)} tensors are in the model",
                        used == len(stored))
            report.near(f"{kind}, {name}", logits_of(loaded),
                        adapters.our_logits(hilo, model, scratch / "own", scratch), 1e-4)
    report.finish()


if __name__ == "__main__":
    torch.set_num_threads(1)
    adapters.in_other_python("HILO_MOE_PEFT_PATH", "MoE-PEFT")
    if sys.argv[1] == "logits":
        adapters.save_logits(logits_of(load(pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]))), sys.argv[4])
    else:
        main(sys.argv[1])
