#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The exact-rank and the padded adapters under the rules of peft 0.6 to 0.14, whose patterns are looked up otherwise
(one key for ranks and alphas, ".*\\.KEY$"): the old rules are applied to the configuration by hand, and where an old
peft is there, it loads the adapters. Needs torch, transformers, peft and safetensors.

    python check_export_old_peft.py BUILD_FOLDER/bin/hilo

HILO_OLD_PEFT_PATH: folders of peft 0.6.2, transformers 4.46 (which has all four families) and what they need, as
PYTHONPATH takes them.
"""
import itertools
import json
import os
import pathlib
import re
import sys
import tempfile

import adapters
import peft
import torch
import transformers
from check_export_peft import varied

KNOWN_TO_0_6 = {"peft_type", "task_type", "base_model_name_or_path", "revision", "auto_mapping", "inference_mode", "r",
                "target_modules", "lora_alpha", "lora_dropout", "fan_in_fan_out", "bias", "modules_to_save",
                "init_lora_weights", "layers_to_transform", "layers_pattern", "rank_pattern", "alpha_pattern"}


def by_rule_of_0_6(config: dict, module: str) -> tuple:
    patterns = list(itertools.chain(config["rank_pattern"], config["alpha_pattern"]))
    key = next((k for k in patterns if re.match(rf".*\.{k}$", module)), module)
    return config["rank_pattern"].get(key, config["r"]), config["alpha_pattern"].get(key, config["lora_alpha"])


def by_rule_of_0_14(config: dict, module: str) -> tuple:
    def value(pattern: dict, fallback: int) -> int:
        return pattern.get(next((k for k in pattern if re.match(rf".*\.{k}$", module)), module), fallback)
    return value(config["rank_pattern"], config["r"]), value(config["alpha_pattern"], config["lora_alpha"])


def main(hilo: str) -> None:
    torch.set_num_threads(1)
    report = adapters.Report()
    old = tuple(int(part) for part in peft.__version__.split(".")[:2]) < (0, 15)
    for name in ("llama", "qwen2", "gemma", "gpt2"):
        model = adapters.MODELS / name
        for form in ("peft", "peft-padded"):
            with tempfile.TemporaryDirectory() as scratch:
                scratch = pathlib.Path(scratch)
                adapters.write_adapter(scratch / "own", model, varied)
                adapters.export(hilo, scratch / "own", model, form, scratch / "out")
                config = json.loads((scratch / "out/adapter_config.json").read_text())
                report.true(f"{name}, {form}: no keys later than 0.6", set(config) <= KNOWN_TO_0_6)
                stored = adapters.load_file(str(scratch / "out/adapter_model.safetensors"))
                for order in (config, json.loads(json.dumps(config, sort_keys=True))):
                    wrong = 0
                    for module in config["target_modules"]:
                        rank = stored[f"base_model.model.{module}.lora_A.weight"].shape[0]
                        for rule in (by_rule_of_0_6, by_rule_of_0_14):
                            wrong += rule(order, module) != (rank, rank)
                    report.true(f"{name}, {form}: rank and alpha by the rules of 0.6 and 0.14", wrong == 0)
                if not old:
                    continue
                kind = json.loads((model / "config.json").read_text())["model_type"]
                if kind not in transformers.CONFIG_MAPPING:
                    print(f"skip  {name}, {form}: transformers {transformers.__version__} has no {kind} models; peft "
                          f"{peft.__version__} is checked on the others")
                    continue
                base = transformers.AutoModelForCausalLM.from_pretrained(model, torch_dtype=torch.float32)
                adapted = peft.PeftModel.from_pretrained(base, str(scratch / "out")).eval()
                with torch.no_grad():
                    theirs = adapted(torch.tensor([adapters.TOKENS])).logits[0]
                report.near(f"{name}, {form}, peft {peft.__version__}", theirs,
                            adapters.our_logits(hilo, model, scratch / "own", scratch), 1e-4)
    report.finish()


if __name__ == "__main__":
    if "HILO_OLD_PEFT_PATH" in os.environ:
        adapters.in_other_python("HILO_OLD_PEFT_PATH", "An old peft")
    main(sys.argv[1])
