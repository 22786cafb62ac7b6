#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Variants of training against peft and transformers: LoRA+ (training.lora_b_learning_rate_factor) against
create_loraplus_optimizer of peft over ten steps; NEFTune (training.neftune_alpha) against noise of the same numbers put on the
output of the embedding of transformers, where NEFTune's own hook puts it. Needs torch, transformers, peft and numpy.

    python check_variants.py BUILD_FOLDER/bin/hilo
"""
import json
import pathlib
import sys
import tempfile

import adapters
import losses
import numpy
import torch
import transformers
from peft import LoraConfig, get_peft_model
from peft.optimizers import create_loraplus_optimizer
from safetensors.torch import load_file

MODEL = adapters.ROOT / "projects/gloss-classes/base"
DATA = adapters.ROOT / "projects/gloss-classes/data/test.jsonl"
MODULES = ["q_proj", "v_proj", "down_proj"]
RANK, ALPHA, STEPS, SEED = 4, 8, 10, 3
TRAINING = {"learning_rate": 2e-3, "epsilon": 1e-5}
NEAR = 1e-4


def train_ours(hilo: str, scratch: pathlib.Path, name: str, rows: int, more: dict) -> pathlib.Path:
    layers = json.loads((MODEL / "config.json").read_text())["num_hidden_layers"]
    module = {"ranks": [RANK], "top_k": 1, "alpha": ALPHA}
    spec = {"format": "hilo.run/1", "name": name, "model": {"path": str(MODEL)},
            "data": {"path": str(scratch / f"rows{rows}"), "template": "prompt-completion"},
            "evaluation": {"split": "validation", "protocol": "loss"},
            "map": {"format": "hilo.allocation/1", "name": "even", "strategy": {"name": "manual", "settings": {}},
                    "model": {"architecture": "llama", "layers": layers},
                    "layers": [{"layer": layer, "modules": {one: module for one in MODULES}} for layer in range(layers)]},
            "training": {"steps": STEPS, "batch_size": rows, "schedule": "constant", "dtype": "float32", "threads": 1, "seed": SEED,
                         "clip_norm": 0.0, **TRAINING, **more}}
    (scratch / f"{name}.run.json").write_text(json.dumps(spec))
    adapters.run([hilo, "train", scratch / f"{name}.run.json", "--out", scratch / name])
    return scratch / name


def losses_of(run: pathlib.Path) -> torch.Tensor:
    events = [json.loads(line) for line in (run / "events.ndjson").read_text().splitlines()]
    return torch.tensor([event["loss"] for event in events if event["event"] == "step"])


def pairs_of(model) -> dict:
    """peft's A and B by our names."""
    found = {}
    for name, value in model.named_parameters():
        if "lora_" in name:
            parts = name.split(".")
            found[f"layers.{parts[parts.index('layers') + 1]}.{parts[-4]}.experts.0.{parts[-3]}"] = value
    return found


def peft_model(start: pathlib.Path):
    base = transformers.AutoModelForCausalLM.from_pretrained(MODEL, dtype=torch.float32)
    model = get_peft_model(base, LoraConfig(r=RANK, lora_alpha=ALPHA, lora_dropout=0.0, target_modules=MODULES, task_type="CAUSAL_LM"))
    ours = load_file(str(start / "adapter/adapter.safetensors"))
    pairs = pairs_of(model)
    assert set(ours) == set(pairs), sorted(set(ours) ^ set(pairs))[:4]
    with torch.no_grad():
        for name, value in pairs.items():
            value.copy_(ours[name])
    return model


def batch_of(rows: list) -> dict:
    tokenizer = transformers.AutoTokenizer.from_pretrained(MODEL)
    pairs = [losses.tokens_of(tokenizer, "prompt-completion", row) for row in rows]
    longest = max(len(tokens) for tokens, _ in pairs)
    batch = {"input_ids": torch.zeros(len(rows), longest, dtype=torch.long),
             "attention_mask": torch.zeros(len(rows), longest, dtype=torch.long),
             "labels": torch.full((len(rows), longest), -100)}
    for i, (tokens, mask) in enumerate(pairs):
        batch["input_ids"][i, :len(tokens)] = torch.tensor(tokens)
        batch["attention_mask"][i, :len(tokens)] = 1
        batch["labels"][i, :len(tokens)] = torch.tensor([token if m else -100 for token, m in zip(tokens, mask)])
    return batch


def train_peft(model, batch: dict, optimiser, before=lambda step: None) -> torch.Tensor:
    found = []
    for step in range(STEPS):
        before(step)
        optimiser.zero_grad()
        loss = model(**batch).loss
        loss.backward()
        optimiser.step()
        found.append(float(loss.detach()))
    return torch.tensor(found)


def mix_bits(value: numpy.ndarray) -> numpy.ndarray:
    value = (value ^ (value >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
    return value ^ (value >> numpy.uint64(31))


def counter_random(key, index) -> numpy.ndarray:
    counter = numpy.asarray(index, dtype=numpy.uint64)
    return mix_bits(key + (counter + numpy.uint64(1)) * numpy.uint64(0x9E3779B97F4A7C15))


def noise_of(step: int, tokens: int, hidden: int, alpha: float) -> torch.Tensor:
    """core/engine/train/embedding_noise.cpp, of one sequence."""
    with numpy.errstate(over="ignore"):
        key = numpy.uint64(SEED)
        for value in (5, step, 0):
            key = counter_random(mix_bits(key), value)
        bits = counter_random(key, numpy.arange(tokens * hidden, dtype=numpy.uint64))
    uniform = (bits >> numpy.uint64(40)).astype(numpy.float32) / numpy.float32(1 << 24)
    bound = alpha / (tokens * hidden) ** 0.5
    return torch.from_numpy((2 * uniform - 1) * numpy.float32(bound)).view(1, tokens, hidden)


def check_lora_plus(hilo: str, scratch: pathlib.Path, rows: list, report) -> None:
    factor = 16
    start = train_ours(hilo, scratch, "start", len(rows), {"learning_rate": 0.0})
    run = train_ours(hilo, scratch, "plus", len(rows), {"lora_b_learning_rate_factor": factor})
    model = peft_model(start)
    optimiser = create_loraplus_optimizer(model, torch.optim.AdamW, lr=TRAINING["learning_rate"], loraplus_lr_ratio=factor,
                                          eps=TRAINING["epsilon"], weight_decay=0.0, loraplus_weight_decay=0.0)
    expected = train_peft(model, batch_of(rows), optimiser)
    report.near(f"LoRA+: loss of {STEPS} steps (peft's from {expected[0]:.4f} to {expected[-1]:.4f})", losses_of(run), expected, NEAR)
    ours = load_file(str(run / "adapter/adapter.safetensors"))
    for kind in ("lora_A", "lora_B"):
        names = [name for name in ours if name.endswith(kind)]
        pairs = pairs_of(model)
        report.near(f"LoRA+: {kind} after {STEPS} steps", torch.cat([ours[name].flatten() for name in names]),
                    torch.cat([pairs[name].detach().flatten() for name in names]), NEAR)
    usual = train_ours(hilo, scratch, "usual", len(rows), {})
    report.true("LoRA+: other steps than without", float((losses_of(usual) - losses_of(run)).abs().max()) > 0.01)


def check_neftune(hilo: str, scratch: pathlib.Path, row: dict, report) -> None:
    alpha = 15.0
    start = train_ours(hilo, scratch, "start1", 1, {"learning_rate": 0.0})
    run = train_ours(hilo, scratch, "noisy", 1, {"neftune_alpha": alpha})
    model = peft_model(start)
    batch = batch_of([row])
    tokens, hidden = batch["input_ids"].shape[1], model.config.hidden_size
    noise = {}
    model.get_input_embeddings().register_forward_hook(lambda module, given, output: output + noise["now"])

    def draw(step):
        noise["now"] = noise_of(step, tokens, hidden, alpha)

    optimiser = torch.optim.AdamW([one for one in model.parameters() if one.requires_grad], lr=TRAINING["learning_rate"],
                                  eps=TRAINING["epsilon"], weight_decay=0.0)
    expected = train_peft(model, batch, optimiser, draw)
    report.near(f"NEFTune: loss of {STEPS} steps (from {expected[0]:.4f} to {expected[-1]:.4f})", losses_of(run), expected, NEAR)
    quiet = train_ours(hilo, scratch, "quiet", 1, {})
    report.true("NEFTune: other losses than without", float((losses_of(quiet) - losses_of(run)).abs().max()) > 1e-3)


def main(hilo: str) -> None:
    torch.set_num_threads(1)
    transformers.utils.logging.disable_progress_bar()
    if not (MODEL / "model.safetensors").exists():
        print("The sample project's base model is not trained yet.")
        sys.exit(77)
    glosses = [json.loads(line) for line in DATA.read_text().splitlines()[:12]]
    rows = [{"prompt": f"A kind of {one['label']} is", "completion": " " + one["text"]} for one in glosses]
    report = adapters.Report()
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        for some in (rows, rows[:1]):
            (scratch / f"rows{len(some)}").mkdir()
            for name in ("train", "validation"):
                (scratch / f"rows{len(some)}/{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in some))
        check_lora_plus(hilo, scratch, rows, report)
        check_neftune(hilo, scratch, rows[0], report)
    report.finish()


if __name__ == "__main__":
    main(sys.argv[1])
