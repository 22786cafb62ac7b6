#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/data/expert_loras: for mixtures of experts of tests/data/families a LoRA of peft on the parameters that
hold all experts of a layer (target_parameters) and on q_proj, as peft saves it, with what transformers and peft compute
in float32: logits, and the gradients of A and B. Layer 1 has both parameters with one rank, layer 2 (where it has
experts) down alone with another. Needs torch, transformers, peft and safetensors.

    python make_expert_lora_fixtures.py ../data [NAME...]
"""
import json
import pathlib
import sys

import peft
import torch
import transformers
from safetensors.torch import load_file, save_file

FAMILIES = ["qwen3_moe", "mixtral", "olmoe", "granitemoe", "gpt_oss", "gemma4-experts"]


def write(name: str, data: pathlib.Path) -> None:
    base = data / "families" / name
    model = transformers.AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32, attn_implementation="eager",
                                                              experts_implementation="eager").eval()
    tokens = load_file(base / "expected.safetensors")["tokens"][None]
    front = {"granitemoe": "block_sparse_moe.", "gemma4-experts": ""}.get(name, "mlp.")
    parameters = [f"model.layers.1.{front}experts.{end}" for end in ("gate_up_proj", "down_proj")]
    if model.config.num_hidden_layers > 2:
        parameters.append(f"model.layers.2.{front}experts.down_proj")
    config = peft.LoraConfig(r=2, lora_alpha=3, target_modules=["model.layers.1.self_attn.q_proj"],
                             target_parameters=parameters, lora_dropout=0.0,
                             rank_pattern={parameters[-1]: 3} if len(parameters) > 2 else {})
    adapted = peft.get_peft_model(model, config)
    generator = torch.Generator().manual_seed(7)
    trained = {key: parameter for key, parameter in adapted.named_parameters() if parameter.requires_grad}
    assert len(trained) == 2 * len(parameters) + 2, list(trained)
    with torch.no_grad():
        for parameter in trained.values():
            parameter.copy_(torch.randn(parameter.shape, generator=generator) * 0.3)
    logits = adapted(input_ids=tokens, attention_mask=torch.ones_like(tokens)).logits[0]
    torch.nn.functional.cross_entropy(logits[:-1], tokens[0, 1:]).backward()
    expected = {"tokens": tokens[0].clone(), "logits": logits.detach().contiguous()}
    for key, parameter in trained.items():
        expected["gradient." + key.replace(".default.weight", ".weight")] = parameter.grad.clone()
    target = data / "expert_loras" / name
    adapted.save_pretrained(target)
    (target / "README.md").unlink(missing_ok=True)
    described = json.loads((target / "adapter_config.json").read_text())
    described["base_model_name_or_path"] = name
    (target / "adapter_config.json").write_text(json.dumps(described, indent=2) + "\n")
    save_file(expected, str(target / "expected.safetensors"))
    print(name, sum(file.stat().st_size for file in target.iterdir()), "bytes", flush=True)


if __name__ == "__main__":
    torch.set_num_threads(1)
    for family in sys.argv[2:] or FAMILIES:
        write(family, pathlib.Path(sys.argv[1]))
