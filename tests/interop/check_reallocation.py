#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""AdaLoRA (training.reallocation "adalora") against peft's AdaLoraModel: the same base, rows, first triplets, optimiser and
schedule. Every triplet's score and which triplets survive at every masking, the loss of every step, and the function of the
adapter that is left, against peft's. Needs torch, transformers and peft.

    python check_reallocation.py BUILD_FOLDER/bin/hilo

Adapted are modules of one width with one expert each, where a budget of parameters is one of ranks. Behind the last masking peft
keeps what is masked, in its regulariser too; ours is gone, so that steps are compared up to it.
"""
import json
import pathlib
import sys
import tempfile

import adapters
import losses
import torch
import transformers
from peft import AdaLoraConfig, get_peft_model
from safetensors.torch import load_file

MODEL = adapters.ROOT / "projects/gloss-classes/base"
DATA = adapters.ROOT / "projects/gloss-classes/data/test.jsonl"
MODULES = {"q_proj": "self_attn", "o_proj": "self_attn"}
ROWS, RANK, TARGET, ALPHA, STEPS, FIRST, LAST, EVERY = 12, 6, 3, 12, 24, 3, 18, 2
TRAINING = {"learning_rate": 5e-3, "epsilon": 1e-5}
NEAR = 1e-4


def train_ours(hilo: str, scratch: pathlib.Path, rows: list, name: str, steps: int, more: dict) -> pathlib.Path:
    config = json.loads((MODEL / "config.json").read_text())
    module = {"ranks": [RANK], "top_k": 1, "alpha": ALPHA}
    layers = [{"layer": layer, "modules": {one: module for one in MODULES}} for layer in range(config["num_hidden_layers"])]
    width = 2 * config["hidden_size"]
    spec = {"format": "hilo.run/1", "name": name, "model": {"path": str(MODEL)},
            "data": {"path": str(scratch / "rows"), "template": "prompt-completion"},
            "evaluation": {"split": "validation", "protocol": "loss"},
            "map": {"format": "hilo.allocation/1", "name": "even", "strategy": {"name": "manual", "settings": {}},
                    "model": {"architecture": "llama", "layers": config["num_hidden_layers"]}, "layers": layers},
            "training": {"steps": steps, "batch_size": ROWS, "schedule": "constant", "dtype": "float32", "threads": 1,
                         "clip_norm": 0.0, "checkpoint_every": 1, "keep_checkpoints": 100,
                         "reallocation": {"method": "adalora", "from": FIRST / STEPS, "to": LAST / STEPS, "every": EVERY,
                                          "budget": TARGET * len(layers) * len(MODULES) * width}, **TRAINING, **more}}
    (scratch / f"{name}.run.json").write_text(json.dumps(spec))
    adapters.run([hilo, "train", scratch / f"{name}.run.json", "--out", scratch / name])
    return scratch / name


def first_triplets(run: pathlib.Path, model) -> None:
    """Puts our P and Q into peft's model: they lie behind one another, Q [r, in] and P [out, r] of each module."""
    flat = load_file(str(run / "checkpoints/step-1/optimiser.safetensors"))["reallocation.triplets"]
    at = 0
    with torch.no_grad():
        for layer in model.base_model.model.model.layers:
            for name, parent in MODULES.items():
                module = getattr(getattr(layer, parent), name)
                for factor in (module.lora_A["default"], module.lora_B["default"]):
                    factor.copy_(flat[at:at + factor.numel()].view_as(factor))
                    at += factor.numel()
    assert at + RANK * len(MODULES) * len(model.base_model.model.model.layers) == flat.numel()


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


def train_peft(start: pathlib.Path, batch: dict) -> tuple:
    base = transformers.AutoModelForCausalLM.from_pretrained(MODEL, dtype=torch.float32)
    config = AdaLoraConfig(init_r=RANK, target_r=TARGET, tinit=FIRST, tfinal=STEPS - LAST, deltaT=EVERY, total_step=STEPS,
                           beta1=0.85, beta2=0.85, orth_reg_weight=0.5, lora_alpha=ALPHA, lora_dropout=0.0,
                           target_modules=list(MODULES), task_type="CAUSAL_LM")
    model = get_peft_model(base, config)
    first_triplets(start, model)
    allocator = model.base_model.rankallocator
    masked, scores, kept = allocator.mask_to_budget, {}, {}

    def watched(of, budget):
        for name in [one for one, _ in of.named_parameters() if "lora_E" in one]:
            score = allocator._element_score
            scores.setdefault(step, {})[name] = (score(name).flatten() + score(name.replace("lora_E", "lora_A")).mean(1) +
                                                 score(name.replace("lora_E", "lora_B")).mean(0)).clone()
        pattern = masked(of, budget)
        kept[step] = pattern
        return pattern

    allocator.mask_to_budget = watched
    optimiser = torch.optim.AdamW([one for one in model.parameters() if one.requires_grad], lr=TRAINING["learning_rate"],
                                  eps=TRAINING["epsilon"], weight_decay=0.0)
    plain = []
    for step in range(1, LAST + 1):
        with torch.no_grad():
            plain.append(float(base(**batch).loss))
        optimiser.zero_grad()
        model(**batch).loss.backward()
        optimiser.step()
        model.base_model.update_and_allocate(step)
    with torch.no_grad():
        after = float(base(**batch).loss)
    return plain, scores, kept, after


def place_of(name: str) -> tuple:
    parts = name.split(".")
    return int(parts[parts.index("layers") + 1]), parts[parts.index("lora_E") - 1]


def main(hilo: str) -> None:
    torch.set_num_threads(1)
    transformers.utils.logging.disable_progress_bar()
    if not (MODEL / "model.safetensors").exists():
        print("The sample project's base model is not trained yet.")
        sys.exit(77)
    glosses = [json.loads(line) for line in DATA.read_text().splitlines()[:ROWS]]
    rows = [{"prompt": f"A kind of {one['label']} is", "completion": " " + one["text"]} for one in glosses]
    report = adapters.Report()
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        (scratch / "rows").mkdir()
        for name in ("train", "validation"):
            (scratch / f"rows/{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
        start = train_ours(hilo, scratch, rows, "start", STEPS, {"learning_rate": 0.0})
        run = train_ours(hilo, scratch, rows, "run", STEPS, {})
        events = [json.loads(line) for line in (run / "events.ndjson").read_text().splitlines()]
        plain, scores, kept, after = train_peft(start, batch_of(rows))
        steps = [event for event in events if event["event"] == "step"]
        moved = [event for event in events if event["event"] == "reallocation"]
        report.near(f"loss of {LAST} steps (peft's from {plain[0]:.4f} to {plain[-1]:.4f})",
                    torch.tensor([event["loss"] for event in steps[:LAST]]), torch.tensor(plain), NEAR)
        report.near("loss with what survives", torch.tensor(steps[LAST]["loss"]), torch.tensor(after), NEAR)
        report.true(f"masked at the steps {[event['step'] for event in moved]}", [event["step"] for event in moved] == list(scores))
        for event in moved:
            step = event["step"]
            expected = {place_of(name): value for name, value in scores[step].items()}
            found = {(one["layer"], one["module"]): torch.tensor(one["scores"][0]) for one in event["estimates"]}
            places = sorted(expected)
            most = max(float(value.max()) for value in expected.values())
            report.near(f"step {step}: scores over the largest", torch.cat([found[place] for place in places]) / most,
                        torch.cat([expected[place] for place in places]) / most, NEAR)
            ranks = {place_of(name): sum(pattern) for name, pattern in kept[step].items()}
            ours = {(layer["layer"], name): sum(module["ranks"]) for layer in event["map"]["layers"]
                    for name, module in layer["modules"].items()}
            report.true(f"step {step}: {sum(ranks.values())} ranks survive, in the same modules",
                        ours == {place: rank for place, rank in ranks.items() if rank > 0})
    report.finish()


if __name__ == "__main__":
    main(sys.argv[1])
