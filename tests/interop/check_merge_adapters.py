#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`hilo merge` of two adapters that peft has made and trained, against peft's add_weighted_adapter: the logits of the
merged model, for every method of both and weights of both signs. DARE draws other numbers here and there: it is held
against peft where nothing is dropped, and otherwise against its own rule. Needs torch, transformers, peft and safetensors.

    python check_merge_adapters.py BUILD_FOLDER/bin/hilo
"""
import pathlib
import sys
import tempfile

import adapters
import torch
import transformers
from peft import LoraConfig, PeftModel, get_peft_model
from safetensors.torch import load_file

WEIGHTS = ([0.7, 0.4], [1.2, -0.5])
CASES = [("linear", {}), ("ties", {"density": 0.4}), ("ties", {"density": 0.4, "majority_sign_method": "frequency"}),
         ("dare_linear", {"density": 1.0}), ("dare_ties", {"density": 1.0}), ("svd", {}), ("svd", {"svd_rank": 6}),
         ("ties_svd", {"density": 0.3}), ("dare_linear_svd", {"density": 1.0}), ("dare_ties_svd", {"density": 1.0}),
         ("cat", {})]
SETTINGS = {"a": dict(r=4, lora_alpha=8, target_modules="all-linear"),
            "b": dict(r=4, lora_alpha=3, target_modules="all-linear", use_rslora=True)}


def trained(name: str, folder: pathlib.Path, seed: int, settings: dict) -> None:
    torch.manual_seed(seed)
    base = transformers.AutoModelForCausalLM.from_pretrained(adapters.MODELS / name, dtype=torch.float32)
    model = get_peft_model(base, LoraConfig(task_type="CAUSAL_LM", fan_in_fan_out=name == "gpt2", **settings))
    optimiser = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=0.02)
    generator = torch.Generator().manual_seed(seed)
    for _ in range(6):
        tokens = torch.randint(3, 61, (4, 12), generator=generator)
        model(tokens, labels=tokens).loss.backward()
        optimiser.step()
        optimiser.zero_grad()
    model.save_pretrained(folder)


def merged(hilo: str, scratch: pathlib.Path, model: pathlib.Path, out: str, method: str, weights: list, *more) -> pathlib.Path:
    adapters.run([hilo, "merge", scratch / "a", scratch / "b", "--model", model, "--out", scratch / out, "--method", method,
                  f"--weights={','.join(map(str, weights))}", *more])
    return scratch / out


def options(settings: dict) -> list:
    names = {"density": "--density", "majority_sign_method": "--majority-sign", "svd_rank": "--rank"}
    return [word for key, value in settings.items() for word in (names[key], value)]


def check_dropping(report: adapters.Report, hilo: str, scratch: pathlib.Path, model: pathlib.Path) -> None:
    """Every element is that of one sum over what was kept, and as many were kept as the density says."""
    whole = load_file(merged(hilo, scratch, model, "whole", "dare_linear", [1, 0], "--density", 1) / "adapter.safetensors")
    part = load_file(merged(hilo, scratch, model, "part", "dare_linear", [1, 0], "--density", 0.3) / "adapter.safetensors")
    kept = total = 0
    right = True
    for name, expected in whole.items():
        ratio = part[name] / expected
        right = right and bool(((ratio.abs() < 1e-6) | ((ratio - 1 / 0.3).abs() < 1e-3) | (expected.abs() < 1e-6)).all())
        kept += int((part[name] != 0).sum())
        total += expected.numel()
    report.true("dare: each element is dropped, or divided by the density", right)
    report.true(f"dare: {kept / total:.3f} of the elements are kept where 0.3 was asked", abs(kept / total - 0.3) < 0.02)


def main(hilo: str) -> None:
    torch.set_num_threads(1)
    transformers.utils.logging.disable_progress_bar()
    report = adapters.Report()
    for name in ("llama", "gpt2"):
        with tempfile.TemporaryDirectory() as scratch:
            scratch = pathlib.Path(scratch)
            for number, (adapter, settings) in enumerate(SETTINGS.items()):
                trained(name, scratch / adapter, number + 1, settings)
            base = transformers.AutoModelForCausalLM.from_pretrained(adapters.MODELS / name, dtype=torch.float32)
            model = PeftModel.from_pretrained(base, scratch / "a", adapter_name="a")
            model.load_adapter(scratch / "b", adapter_name="b")
            number = 0
            for weights in WEIGHTS:
                for method, settings in CASES:
                    number += 1
                    model.add_weighted_adapter(["a", "b"], weights, f"merged{number}", combination_type=method, **settings)
                    model.set_adapter(f"merged{number}")
                    with torch.no_grad():
                        theirs = model.eval()(torch.tensor([adapters.TOKENS])).logits[0]
                    own = merged(hilo, scratch, adapters.MODELS / name, f"own{number}", method, weights, *options(settings))
                    report.near(f"{name}, {method} {settings} {weights}",
                                adapters.our_logits(hilo, adapters.MODELS / name, own, scratch), theirs, 2e-4)
            if name == "llama":
                check_dropping(report, hilo, scratch, adapters.MODELS / name)
    report.finish()


if __name__ == "__main__":
    main(sys.argv[1])
