#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adapters that peft itself has made and trained for some steps (ranks and alphas that differ by module, rsLoRA) are
imported; the logits must be peft's, and training goes on from them. Needs torch, transformers, peft and safetensors.

    python check_import_peft.py BUILD_FOLDER/bin/hilo
"""
import json
import pathlib
import shutil
import sys
import tempfile

import adapters
import torch
import transformers
from peft import LoraConfig, get_peft_model

CONFIGS = {
    "patterns": dict(r=4, lora_alpha=8, target_modules="all-linear",
                     rank_pattern={"q_proj": 2, r"^model\.layers\.1\.mlp\.(up|gate)_proj": 7, "c_attn": 3},
                     alpha_pattern={"layers.0.self_attn.q_proj": 3, "down_proj": 16, "mlp.c_proj": 5}),
    "rslora": dict(r=6, lora_alpha=3, use_rslora=True, target_modules="all-linear", rank_pattern={"o_proj": 2}),
    "some": dict(r=3, lora_alpha=3, target_modules=["v_proj", "up_proj", "c_fc"], layers_to_transform=[0, 2]),
}


def train_a_little(model) -> None:
    generator = torch.Generator().manual_seed(4)
    optimiser = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=0.02)
    for _ in range(6):
        tokens = torch.randint(3, 61, (4, 12), generator=generator)
        model(tokens, labels=tokens).loss.backward()
        optimiser.step()
        optimiser.zero_grad()


def train_on(report: adapters.Report, hilo: str, scratch: pathlib.Path) -> None:
    """On the sample project's base model, which has a tokenizer and data."""
    sample = adapters.ROOT / "projects/gloss-classes"
    if not (sample / "base/model.safetensors").exists():
        print("skip  training on: the sample project's base model is not trained yet")
        return
    base = transformers.AutoModelForCausalLM.from_pretrained(sample / "base", dtype=torch.float32)
    model = get_peft_model(base, LoraConfig(r=4, lora_alpha=8, target_modules=["q_proj", "v_proj"],
                                            rank_pattern={"v_proj": 2}))
    model.save_pretrained(scratch / "sample")
    adapters.run([hilo, "import", scratch / "sample", "--model", sample / "base", "--out", scratch / "sample-in"])
    spec = {"format": "hilo.run/1", "name": "on", "model": {"path": str(sample / "base")},
            "data": {"path": str(sample / "data"), "template": "gloss"},
            "map": json.loads((scratch / "sample-in/allocation.map.json").read_text()),
            "training": {"steps": 5, "batch_size": 8, "learning_rate": 0.001, "max_length": 48, "threads": 1,
                         "start_from": str(scratch / "sample-in")},
            "evaluation": {"protocol": "label-logit", "split": "test", "limit": 50}}
    (scratch / "run.json").write_text(json.dumps(spec))
    adapters.run([hilo, "train", scratch / "run.json", "--out", scratch / "run", "--json"])
    report.true("training goes on from what was imported", (scratch / "run/adapter/adapter.safetensors").exists())


def main(hilo: str) -> None:
    torch.set_num_threads(1)
    transformers.utils.logging.disable_progress_bar()
    report = adapters.Report()
    for name in ("llama", "qwen2", "gemma", "gpt2"):
        for case, settings in CONFIGS.items():
            torch.manual_seed(1)
            base = transformers.AutoModelForCausalLM.from_pretrained(adapters.MODELS / name, dtype=torch.float32)
            if name == "gpt2" and case == "some":
                settings = dict(settings, layers_pattern="h")
            model = get_peft_model(base, LoraConfig(task_type="CAUSAL_LM", fan_in_fan_out=name == "gpt2", **settings))
            train_a_little(model)
            with torch.no_grad():
                theirs = model.eval()(torch.tensor([adapters.TOKENS])).logits[0]
            with tempfile.TemporaryDirectory() as scratch:
                scratch = pathlib.Path(scratch)
                model.save_pretrained(scratch / "theirs")
                adapters.run([hilo, "import", scratch / "theirs", "--model", adapters.MODELS / name, "--out",
                              scratch / "own"])
                report.near(f"{name}, {case}", adapters.our_logits(hilo, adapters.MODELS / name, scratch / "own",
                                                                   scratch), theirs, 1e-4)
                shutil.rmtree(scratch / "theirs")
    with tempfile.TemporaryDirectory() as scratch:
        train_on(report, hilo, pathlib.Path(scratch))
    report.finish()


if __name__ == "__main__":
    main(sys.argv[1])
