#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""MoLA's own classes (GCYZSL/MoLA, src/; AlphaLoRA uses the same) load mixtures that this project exports: every tensor
must be used and the logits be ours. A llama as MoLA's own model knows it (as many keys as heads, rotary base 10000) runs
in that model, driven as its evaluation_scienceqa.py does; a newer one in transformers' model, whose linears take what
MoLA's layer returns beside the router's logits. Needs that repository, and its versions beside torch: peft 0.4.0,
transformers 4.36, accelerate, safetensors.

    python check_export_mola.py BUILD_FOLDER/bin/hilo
    python check_export_mola.py logits MODEL EXPORT OUT.safetensors

HILO_MOLA_PATH: folders of that repository and of those versions, as PYTHONPATH takes them; without it nothing is checked.
"""
import contextlib
import io
import json
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


def is_as_mola_knows_it(config: dict) -> bool:
    """MoLA's modelling code is llama's of transformers 4.28."""
    rope = config.get("rope_parameters") or {}
    theta = rope.get("rope_theta", config.get("rope_theta", 10000.0))
    return (config.get("num_key_value_heads", config["num_attention_heads"]) == config["num_attention_heads"]
            and theta == 10000.0 and not config.get("rope_scaling") and rope.get("rope_type", "default") == "default")


def load(model: pathlib.Path, folder: pathlib.Path):
    """The model with the adapter, told the counts that the README of the export names."""
    from src.mola_lora_hacked import Linear_MoE
    from src.mola_modeling_llama_hacked import LlamaForCausalLM_d
    from src.mola_peft_model_hacked import PeftModel

    told = {}
    for line in (folder / "README.md").read_text().splitlines():
        if line.startswith(("number_experts = ", "top_k = ")):
            exec(line, told)
    counts = {"number_experts": told["number_experts"], "top_k": told["top_k"]}
    own = is_as_mola_knows_it(json.loads((model / "config.json").read_text()))
    with contextlib.redirect_stdout(io.StringIO()):
        if own:
            config = transformers.AutoConfig.from_pretrained(model)
            config.lora_target_modules = json.loads((folder / "adapter_config.json").read_text())["target_modules"]
            base = LlamaForCausalLM_d.from_pretrained(model, config=config, torch_dtype=torch.float32)
        else:
            # transformers 4.36 does not read the newer form of the settings.
            config = transformers.AutoConfig.from_pretrained(model)
            config.rope_theta = json.loads((model / "config.json").read_text()).get(
                "rope_parameters", {}).get("rope_theta", config.rope_theta)
            base = transformers.LlamaForCausalLM.from_pretrained(model, config=config, torch_dtype=torch.float32)
        loaded = PeftModel.from_pretrained(base, str(folder), **counts)
        if own:
            loaded.get_new_parameters(counts["number_experts"], counts["top_k"], False)
    if not own:
        for module in loaded.modules():
            if isinstance(module, Linear_MoE):
                module.register_forward_hook(lambda module, inputs, output: output[0])
    return loaded.eval()


def logits_of(loaded) -> torch.Tensor:
    # PeftModel passes an argument on that only MoLA's own model knows.
    model = loaded.base_model.model
    with torch.no_grad():
        return model(input_ids=torch.tensor([adapters.TOKENS])).logits[0]


def with_all_keys(folder: pathlib.Path) -> pathlib.Path:
    """A random llama of the age of MoLA's code."""
    torch.manual_seed(3)
    config = transformers.LlamaConfig(vocab_size=61, hidden_size=32, intermediate_size=48, num_hidden_layers=3,
                                      num_attention_heads=4, max_position_embeddings=64, tie_word_embeddings=False,
                                      initializer_range=0.2)
    transformers.LlamaForCausalLM(config).save_pretrained(folder)
    return folder


def main(hilo: str) -> None:
    report = adapters.Report()
    with tempfile.TemporaryDirectory() as fixture:
        known = with_all_keys(pathlib.Path(fixture) / "llama")
        for case, model, module_of in (("by layer", known, by_layer), ("attention", known, attention_only),
                                       ("grouped keys, by layer", adapters.MODELS / "llama", by_layer),
                                       ("grouped keys, attention", adapters.MODELS / "llama", attention_only)):
            with tempfile.TemporaryDirectory() as scratch:
                scratch = pathlib.Path(scratch)
                adapters.write_adapter(scratch / "own", model, module_of)
                adapters.export(hilo, scratch / "own", model, "mola", scratch / "out")
                loaded = load(model, scratch / "out")
                report.true(f"{case}: runs in {type(loaded.base_model.model).__module__}", True)
                report.near(case, logits_of(loaded), adapters.our_logits(hilo, model, scratch / "own", scratch), 1e-4)
                stored, state = load_file(str(scratch / "out/adapter_model.safetensors")), loaded.state_dict()
                used = sum(torch.equal(value, state[adapter_name(name, state)]) for name, value in stored.items())
                report.true(f"{case}: {used} of the file's {len(stored)} tensors are in the model",
                            used == len(stored))
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
