#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exports adapters of tiny models for PEFT, loads them with peft and compares the logits with this project's: exact
ranks and padded, several families, scales and ranks that differ by module. Every tensor must be used and no warning be
given. Needs torch, transformers, peft and safetensors.

    python check_export_peft.py BUILD_FOLDER/bin/hilo
"""
import json
import pathlib
import sys
import tempfile
import warnings

import adapters
import torch
import transformers
from peft import LoraConfig, PeftModel, get_peft_model
from safetensors import safe_open

RANKS = [2, 5, 3, 8, 1]


def varied(layer: int, name: str):
    """Ranks and alphas that differ, and modules without an adapter."""
    number = layer * 7 + sum(map(ord, name))
    if number % 6 == 0:
        return None
    return {"ranks": [RANKS[number % 5]], "top_k": 1, "alpha": 4 + number % 9}


def uniform(layer: int, name: str):
    return {"ranks": [4], "top_k": 1, "alpha": 8}


def load(model: pathlib.Path, **settings) -> torch.nn.Module:
    """Of text alone, or where transformers has no such class for the family, of images and text."""
    config = transformers.AutoConfig.from_pretrained(model)
    of_text = type(config) in transformers.AutoModelForCausalLM._model_mapping
    kind = transformers.AutoModelForCausalLM if of_text else transformers.AutoModelForImageTextToText
    # The grouped products of torch want sizes that tiny experts do not have.
    is_mixture = any(hasattr(config, key) for key in ("num_experts", "num_local_experts"))
    if is_mixture:
        settings["experts_implementation"] = "eager"
    return kind.from_pretrained(model, dtype=torch.float32, **settings)


def messages_of(action) -> tuple:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        result = action()
    return result, {str(one.message) for one in caught}


def usual_messages(model: pathlib.Path) -> set:
    """What peft says about an adapter that it has made itself; that is not about our files."""
    base = load(model)
    config = LoraConfig(r=2, target_modules="all-linear", fan_in_fan_out="gpt2" in str(model))
    return messages_of(lambda: get_peft_model(base, config))[1]


def peft_logits(report: adapters.Report, model: pathlib.Path, folder: pathlib.Path, what: str,
                tokens: list = adapters.TOKENS) -> torch.Tensor:
    base = load(model).eval()
    adapted, messages = messages_of(lambda: PeftModel.from_pretrained(base, str(folder)).eval())
    messages -= usual_messages(model)
    # Patterns for parameters are obeyed, which the tensors' shapes show, but peft looks for their names among modules.
    messages = {one for one in messages if not ("_pattern keys did not match" in one and
                                              (".experts." in one or "_proj.weight" in one))}
    report.true(f"{what}: no warnings" + "".join(f"\n      {one}" for one in messages), not messages)
    with safe_open(str(folder / "adapter_model.safetensors"), "pt") as file:
        stored = {name: file.get_tensor(name) for name in file.keys()}
    used = {name.replace(".default.", "."): value for name, value in adapted.state_dict().items() if "lora_" in name}
    report.true(f"{what}: peft's {len(used)} tensors are the file's {len(stored)}",
                used.keys() == stored.keys() and all(torch.equal(used[name], stored[name]) for name in used))
    with torch.no_grad():
        return adapted(torch.tensor([tokens])).logits[0]


def main(hilo: str) -> None:
    torch.set_num_threads(1)
    transformers.utils.logging.disable_progress_bar()
    report = adapters.Report()
    cases = [("varied", varied, "alpha_over_rank"), ("uniform", uniform, "alpha_over_rank"),
             ("rank stabilised", varied, "alpha_over_sqrt_rank")]
    for name in ("llama", "mistral", "qwen2", "qwen3", "gemma", "gemma2", "gpt2"):
        model = adapters.MODELS / name
        for case, module_of, scaling in cases if name == "llama" else cases[:1]:
            with tempfile.TemporaryDirectory() as scratch:
                scratch = pathlib.Path(scratch)
                adapters.write_adapter(scratch / "own", model, module_of, scaling)
                ours = adapters.our_logits(hilo, model, scratch / "own", scratch)
                for form in ("peft", "peft-padded"):
                    what = f"{name}, {case}, {form}"
                    written = adapters.export(hilo, scratch / "own", model, form, scratch / form)
                    theirs = peft_logits(report, model, scratch / form, what)
                    report.near(what, theirs, ours, 1e-4)
                    config = json.loads((scratch / form / "adapter_config.json").read_text())
                    if form == "peft-padded":
                        report.true(f"{what}: no patterns", not config["rank_pattern"] and not config["alpha_pattern"])
                    expected = "exact" if form == "peft" or case == "uniform" else "exact after padding"
                    report.true(f"{what}: verdict {written['verdict']}", written["verdict"] == expected)
    report.finish()


if __name__ == "__main__":
    main(sys.argv[1])
