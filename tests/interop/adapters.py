# SPDX-License-Identifier: GPL-3.0-or-later
"""Shared by the check_*.py scripts here: makes random adapters in this project's own format, runs its programs, and
compares logits. Needs torch and safetensors."""
import json
import os
import pathlib
import re
import subprocess
import sys

import torch
from safetensors.torch import load_file, save_file

ROOT = pathlib.Path(__file__).resolve().parents[2]
MODELS = ROOT / "tests/data/models"
FAMILIES = ROOT / "tests/data/families"
TOKENS = [5, 17, 3, 42, 42, 8, 60, 11, 29, 4, 33, 7, 55, 21, 13, 9]


def program(hilo: str, name: str) -> str:
    """A helper program of the same build."""
    return str(pathlib.Path(hilo).resolve().parent.parent / "tests/bin" / name)


def run(command: list, expect: int = 0) -> subprocess.CompletedProcess:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode != expect:
        raise SystemExit(f"{' '.join(map(str, command))}\nended with {done.returncode}, expected {expect}:\n{done.stderr}")
    return done


def export(hilo: str, adapter, model, form: str, out, *more) -> dict:
    return json.loads(run([hilo, "export", adapter, "--model", model, "--to", form, "--out", out, "--threads", 1,
                           "--json", *more]).stdout)


def our_logits(hilo: str, model, adapter, scratch: pathlib.Path, tokens=TOKENS) -> torch.Tensor:
    out = scratch / "logits.safetensors"
    run([program(hilo, "dump_logits"), model, adapter or "-", out, *tokens])
    return load_file(str(out))["logits"]


def in_other_python(variable: str, what: str) -> None:
    """Starts the script again with the variable's folders in front of the path; ends it with 77 (skipped) when the
    variable is not set."""
    if variable not in os.environ:
        print(f"{what} is checked when {variable} says where it is.")
        sys.exit(77)
    if os.environ.get("PYTHONPATH") != os.environ[variable]:
        environment = dict(os.environ, PYTHONPATH=os.environ[variable])
        sys.exit(subprocess.run([sys.executable, *sys.argv], env=environment).returncode)


def save_logits(logits: torch.Tensor, path) -> None:
    save_file({"logits": logits.float().contiguous()}, str(path))


def module_shapes(config: dict) -> dict:
    """Name -> (out, in) of the linear modules of a layer."""
    if config["model_type"] == "gpt2":
        hidden = config["n_embd"]
        inner = config.get("n_inner") or 4 * hidden
        return {"c_attn": (3 * hidden, hidden), "attn.c_proj": (hidden, hidden), "c_fc": (inner, hidden),
                "mlp.c_proj": (hidden, inner)}
    hidden, inner, heads = config["hidden_size"], config["intermediate_size"], config["num_attention_heads"]
    size = config.get("head_dim") or hidden // heads
    keys = config.get("num_key_value_heads", heads) * size
    return {"q_proj": (heads * size, hidden), "k_proj": (keys, hidden), "v_proj": (keys, hidden),
            "o_proj": (hidden, heads * size), "gate_proj": (inner, hidden), "up_proj": (inner, hidden),
            "down_proj": (hidden, inner)}


def stored_shapes(model: pathlib.Path) -> list[dict]:
    """The same of a model of any family, a dictionary for every layer, from the layers' matrices."""
    config = json.loads((model / "config.json").read_text())
    # Of a mixture of experts adapters go on the attention, on the expert that every token passes, and on the MLP of a layer
    # without experts or beside them.
    mixture = config.get("num_local_experts") or config.get("num_experts")
    shapes = [{} for _ in range(layer_count(config))]
    for name, weight in load_file(str(model / "model.safetensors")).items():
        found = re.search(r"(?:layers|h)\.(\d+)\.(.*)\.weight$", name)
        if found and weight.dim() == 2 and "vision" not in name:
            # The gates of gemma4's per-layer inputs stay frozen.
            shared = "shared_expert." in found[2] or "shared_mlp." in found[2]
            dense = re.fullmatch(r"self_attn\..*|mlp\.(gate|up|down)_proj", found[2])
            if (mixture and not dense and not shared) or found[2].startswith("per_layer"):
                continue
            words = found[2].split(".")
            shapes[int(found[1])][".".join(words[-2:] if mixture and shared else words[-1:])] = tuple(weight.shape)
    return shapes


def experts_of(model: torch.nn.Module) -> list[dict]:
    """Name -> (experts, out, in) of the parameters that hold all experts of a layer of transformers' model, for every
    layer; empty dictionaries where it has none."""
    shapes = [{} for _ in range(model.config.get_text_config().num_hidden_layers)]
    for name, parameter in model.named_parameters():
        found = re.search(r"layers\.(\d+)\.(?:.*\.)?(experts\.\w+_proj)$", name)
        if found and parameter.dim() == 3:
            turned = getattr(model.get_submodule(name.rsplit(".", 1)[0]), "is_transposed", False)
            count, out, inner = parameter.shape
            shapes[int(found[1])][found[2]] = (count, inner, out) if turned else (count, out, inner)
    return shapes


def text_config(config: dict) -> dict:
    return config.get("text_config", config)


def layer_count(config: dict) -> int:
    config = text_config(config)
    return config.get("num_hidden_layers", config.get("n_layer"))


def write_adapter(folder: pathlib.Path, model: pathlib.Path, module_of, scaling: str = "alpha_over_rank",
                  router: str = "top_k", seed: int = 1, scale: float = 0.1, shapes: list = None, experts: list = None) -> None:
    """module_of(layer, name) gives {"ranks", "top_k", "alpha"} or None; weights are normal and not small. shapes: of the
    modules of every layer, where module_shapes() does not know the family. experts: of experts_of(); each of the base's
    own experts gets a LoRA."""
    config = json.loads((model / "config.json").read_text())
    generator = torch.Generator().manual_seed(seed)
    tensors, layers = {}, []
    for layer in range(layer_count(config)):
        modules = {}
        for name, (out, inner) in (shapes[layer] if shapes else module_shapes(config)).items():
            module = module_of(layer, name)
            if not module:
                continue
            # No rank above a module's smaller width.
            module = {**module, "ranks": [min(rank, out, inner) for rank in module["ranks"]]}
            modules[name] = module
            prefix = f"layers.{layer}.{name}"
            for expert, rank in enumerate(module["ranks"]):
                tensors[f"{prefix}.experts.{expert}.lora_A"] = torch.randn(rank, inner, generator=generator) * 0.1
                tensors[f"{prefix}.experts.{expert}.lora_B"] = torch.randn(out, rank, generator=generator) * scale
            choices = len(module["ranks"]) + module.get("null_experts", 0)
            if choices > 1:
                tensors[f"{prefix}.router.weight"] = torch.randn(choices, inner, generator=generator)
        for name, (count, out, inner) in (experts[layer] if experts else {}).items():
            rank = 1 + layer % 2
            modules[name] = {"ranks": [rank] * count, "top_k": config.get("num_experts_per_tok") or config["top_k_experts"], "alpha": 3,
                             "router": "base"}
            for expert in range(count):
                prefix = f"layers.{layer}.{name}.experts.{expert}"
                tensors[f"{prefix}.lora_A"] = torch.randn(rank, inner, generator=generator) * 0.3
                tensors[f"{prefix}.lora_B"] = torch.randn(out, rank, generator=generator) * 0.3
        layers.append({"layer": layer, "modules": modules})
    folder.mkdir(parents=True)
    save_file(tensors, str(folder / "adapter.safetensors"), metadata={"format": "pt", "hilo": "hilo.adapter/1"})
    (folder / "adapter.json").write_text(json.dumps({
        "format": "hilo.adapter/1",
        "settings": {"scaling": scaling, "constant_scale": 1.0, "router": router, "dropout": 0.0,
                     "auxiliary_loss": 0.0, "seed": 1},
        "map": {"format": "hilo.allocation/1", "name": "random", "strategy": {"name": "manual", "settings": {}},
                "model": {"architecture": text_config(config)["model_type"], "layers": len(layers)}, "layers": layers}}))


class Report:
    """Collects what was compared; its exit code is 1 when anything was too far off."""

    def __init__(self):
        self.failed = 0

    def near(self, what: str, actual: torch.Tensor, expected: torch.Tensor, tolerance: float) -> None:
        difference = float((actual.float() - expected.float()).abs().max())
        self.true(f"{what}: greatest difference {difference:.2e} (tolerance {tolerance:.0e})", difference <= tolerance)

    def true(self, what: str, condition: bool) -> None:
        print(("ok    " if condition else "WRONG ") + what, flush=True)
        self.failed += not condition

    def finish(self) -> None:
        print(f"{self.failed} comparisons failed" if self.failed else "All comparisons hold.")
        sys.exit(1 if self.failed else 0)
