#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Preference objectives from end to end against trl's trainers: the same base, adapter to start from, rows, order, learning
rate and optimiser. Every step's loss, gradient norm and rewards, the adapter at the end and what it makes of validation rows, and each gradient
of a first step.
Needs torch, transformers, peft, datasets and trl.

    python check_preferences.py BUILD_FOLDER/bin/hilo

Not alike by design, and brought to one form here or left out:
- ORPO's likelihood is that of the chosen answer (2403.07691, equation 6, is of y given x); trl's is of the prompt, too.
- KTO's divergence pairs each prompt with the next row's answer (2402.01306, section 4.2); trl's with the one before. The rows
  of a batch are given to trl from the last to the first, which makes the same pairs.
- IPO's rewards are a token's, as its loss is; trl logs those of whole answers. They are not compared.
- Of validation rows ORPO's preference_loss is that of the odds alone, trl's loss has the likelihood in it, which it logs, too;
  KTO's has no divergence, which would hang on how the rows are batched. The latter is not compared.
"""
import json
import pathlib
import sys
import tempfile

import adapters
import torch
import transformers
import trl
from datasets import Dataset
from peft import PeftModel
from safetensors.torch import load_file
from torch.nn import functional
from trl.experimental.cpo import CPOConfig, CPOTrainer
from trl.experimental.orpo import ORPOConfig, ORPOTrainer

MODEL = adapters.ROOT / "projects/gloss-classes/base"
DATA = adapters.ROOT / "projects/gloss-classes/data/test.jsonl"
ROWS, BATCH, STEPS, SEED, VALIDATION = 12, 4, 6, 7, 10

REWARDS = {"reward_accuracy": "rewards/accuracies", "reward_margin": "rewards/margins", "chosen_reward": "rewards/chosen",
           "rejected_reward": "rewards/rejected"}
JUDGED = {"chosen_reward": "rewards/chosen", "rejected_reward": "rewards/rejected", "divergence": "kl"}


class AnswersORPO(ORPOTrainer):
    def concatenated_forward(self, model, batch):
        chosen, rejected, chosen_logits, rejected_logits, _ = super().concatenated_forward(model, batch)
        labels = batch["chosen_labels"][:, 1:]
        likelihood = functional.cross_entropy(chosen_logits[:, :labels.shape[1]].transpose(1, 2), labels)
        return chosen, rejected, chosen_logits, rejected_logits, likelihood


# objective: ours, trl's trainer, its arguments, which of our metrics are which of trl's, whether a first step is also taken
# from an adapter that changes nothing
CASES = [
    ({"name": "dpo", "beta": 0.3}, trl.DPOTrainer, trl.DPOConfig, {"beta": 0.3}, REWARDS, True),
    ({"name": "dpo-hinge", "beta": 0.05}, trl.DPOTrainer, trl.DPOConfig, {"beta": 0.05, "loss_type": "hinge"}, REWARDS, False),
    ({"name": "ipo", "beta": 0.4}, trl.DPOTrainer, trl.DPOConfig, {"beta": 0.4, "loss_type": "ipo"}, {}, False),
    ({"name": "simpo", "beta": 2.5, "gamma_beta_ratio": 0.3}, CPOTrainer, CPOConfig,
     {"beta": 2.5, "loss_type": "simpo", "simpo_gamma": 0.75, "cpo_alpha": 0.0}, REWARDS, False),
    ({"name": "orpo", "beta": 0.5}, AnswersORPO, ORPOConfig, {"beta": 0.5}, REWARDS, False),
    ({"name": "kto", "beta": 0.3, "desirable_weight": 1.5, "undesirable_weight": 0.75}, trl.KTOTrainer, trl.KTOConfig,
     {"beta": 0.3, "desirable_weight": 1.5, "undesirable_weight": 0.75}, JUDGED, True),
]


def number(key: int, counter: int) -> int:
    """SplitMix64, as the sampler draws (core/data/shuffle.h)."""
    most = (1 << 64) - 1
    value = (key + (counter + 1) * 0x9e3779b97f4a7c15) & most
    value = ((value ^ (value >> 30)) * 0xbf58476d1ce4e5b9) & most
    value = ((value ^ (value >> 27)) * 0x94d049bb133111eb) & most
    return value ^ (value >> 31)


def epoch_order(rows: int, epoch: int) -> list:
    order, key = list(range(rows)), number(SEED, epoch)
    for i in range(rows, 1, -1):
        j = number(key, i) % i
        order[i - 1], order[j] = order[j], order[i - 1]
    return order


def pairs(rows: list) -> list:
    """Glosses of a kind, preferred to those of another; their lengths differ. The first ROWS to train, the rest to validate."""
    half = ROWS + VALIDATION
    return [{"prompt": f"One {row['label']} is:", "chosen": " " + row["text"], "rejected": " " + other["text"]}
            for row, other in zip(rows[:half], rows[half:2 * half])]


def judged(rows: list) -> list:
    return [{"prompt": f"One {(other if i % 3 else row)['label']} is:", "completion": " " + row["text"], "label": i % 3 == 0}
            for i, (row, other) in enumerate(zip(rows, reversed(rows[:ROWS + VALIDATION])))]


def train_ours(hilo: str, scratch: pathlib.Path, start: pathlib.Path, rows: list, objective: dict, steps: int,
               training: dict) -> tuple:
    for name, part in (("train", rows[:ROWS]), ("validation", rows[ROWS:])):
        (scratch / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in part))
    spec = {"format": "hilo.run/1", "name": "ours", "model": {"path": str(MODEL)},
            "data": {"path": str(scratch)}, "evaluation": {"split": "validation"},
            "map": json.loads((start / "adapter.json").read_text())["map"],
            "training": {"steps": steps, "batch_size": BATCH, "group_by_length": False, "schedule": "constant",
                         "dtype": "float32", "threads": 1, "seed": SEED, "start_from": str(start), "objective": objective,
                         **training}}
    (scratch / "run.json").write_text(json.dumps(spec))
    adapters.run([hilo, "train", scratch / "run.json", "--out", scratch / "run"])
    events = [json.loads(line) for line in (scratch / "run/events.ndjson").read_text().splitlines()]
    kinds = {kind: [event for event in events if event["event"] == kind] for kind in ("step", "evaluation")}
    return kinds["step"], kinds["evaluation"][-1]["metrics"], load_file(str(scratch / "run/adapter/adapter.safetensors"))


def own_names(model) -> dict:
    """Parameters of peft by the names of this project's adapters."""
    found = {}
    for name, value in model.named_parameters():
        parts = name.split(".")
        if "lora_" in name and "default" in parts:
            at = parts.index("layers")
            found[f"layers.{parts[at + 1]}.{parts[-4]}.experts.0.{parts[-3]}"] = value
    return found


def train_trl(scratch: pathlib.Path, start: pathlib.Path, rows: list, trainer_class, config_class, arguments: dict, steps: int,
              training: dict) -> tuple:
    base = transformers.AutoModelForCausalLM.from_pretrained(MODEL, dtype=torch.float32)
    model = PeftModel.from_pretrained(base, str(start), is_trainable=True)
    tokenizer = transformers.AutoTokenizer.from_pretrained(MODEL)
    tokenizer.pad_token = tokenizer.unk_token
    batches = []
    for epoch in range((steps * BATCH + ROWS - 1) // ROWS):
        order = epoch_order(ROWS, epoch)
        batches += [order[begin:begin + BATCH] for begin in range(0, ROWS, BATCH)]
    if trainer_class is trl.KTOTrainer:
        batches = [batch[::-1] for batch in batches]
    config = config_class(
        output_dir=str(scratch / "trl"), per_device_train_batch_size=BATCH, per_device_eval_batch_size=VALIDATION, max_steps=steps, logging_steps=1,
        save_strategy="no", report_to="none", lr_scheduler_type="constant", use_cpu=True, bf16=False,
        gradient_checkpointing=False, train_sampling_strategy="sequential", disable_tqdm=True, weight_decay=0.0,
        learning_rate=training["learning_rate"], adam_epsilon=training["epsilon"], max_grad_norm=training["clip_norm"],
        **arguments)
    trainer = trainer_class(model=model, args=config, processing_class=tokenizer,
                            train_dataset=Dataset.from_list([rows[i] for batch in batches for i in batch]),
                            eval_dataset=Dataset.from_list(rows[ROWS:]))
    before = {name: value.detach().clone() for name, value in own_names(trainer.model).items()}
    trainer.train()
    logs = [entry for entry in trainer.state.log_history if "loss" in entry]
    return logs, trainer.evaluate() if steps == STEPS else {}, before, {name: value.detach() for name, value in own_names(trainer.model).items()}


def column(entries: list, name: str) -> torch.Tensor:
    """One number a step; -1e9 where there is none, as of a batch without bad answers."""
    return torch.tensor([float(entry.get(name, -1e9)) for entry in entries], dtype=torch.float64)


def check_steps(report: adapters.Report, hilo: str, scratch: pathlib.Path, start: tuple, rows: list, case: tuple) -> None:
    objective, trainer_class, config_class, arguments, metrics, _ = case
    # A larger epsilon than the usual one: below it AdamW makes a whole step of a gradient's rounding.
    training = {"learning_rate": 2e-3, "epsilon": 1e-5, "clip_norm": 1.0}
    ours, measured, adapter = train_ours(hilo, scratch, start[0], rows, objective, STEPS, training)
    theirs, evaluated, _, after = train_trl(scratch, start[1], rows, trainer_class, config_class, arguments, STEPS, training)
    name = objective["name"]
    report.true(f"{name}: {len(ours)} steps", len(ours) == len(theirs) == STEPS)
    report.near(f"{name}, loss (trl's from {theirs[0]['loss']:.4f} to {theirs[-1]['loss']:.4f})", column(ours, "loss"),
                column(theirs, "loss"), 1e-4)
    # Norms are large where beta is; as shares of trl's.
    report.near(f"{name}, norm of the gradient, relative", column(ours, "grad_norm") / column(theirs, "grad_norm"),
                torch.ones(STEPS), 1e-4)
    for our_name, their_name in metrics.items():
        # Before the first step the rewards by a reference that is the start are 0, and rounding decides which is larger.
        first = int(our_name == "reward_accuracy" and name.startswith("dpo"))
        report.near(f"{name}, {our_name}", column(ours[first:], our_name), column(theirs[first:], their_name), 1e-4)
    if "reward_accuracy" in metrics or name == "ipo":
        report.near(f"{name}, preference_loss of {VALIDATION} validation rows", torch.tensor(measured["preference_loss"]),
                    torch.tensor(evaluated["eval_loss"] - evaluated.get("eval_nll_loss", 0)), 1e-4)
        for our_name in ("reward_accuracy", "reward_margin") if metrics else ():
            report.near(f"{name}, {our_name} of them", torch.tensor(measured[our_name]),
                        torch.tensor(float(evaluated["eval_" + metrics[our_name]])), 1e-4)
    report.true(f"{name}: the same {len(after)} tensors", adapter.keys() == after.keys())
    report.near(f"{name}, adapter after {STEPS} steps", torch.cat([adapter[key].flatten() for key in sorted(after)]),
                torch.cat([after[key].flatten() for key in sorted(after)]), 1e-4)


def check_gradients(report: adapters.Report, hilo: str, scratch: pathlib.Path, start: tuple, rows: list, case: tuple,
                    what: str) -> None:
    """A first step of AdamW with an epsilon e far above every gradient g moves by lr g / (|g| + e), which tells g."""
    objective, trainer_class, config_class, arguments, _, _ = case
    training = {"learning_rate": 1.0, "epsilon": 1.0, "clip_norm": 0.0}
    _, _, adapter = train_ours(hilo, scratch, start[0], rows, objective, 1, training)
    _, _, before, after = train_trl(scratch, start[1], rows, trainer_class, config_class, arguments, 1, training)

    def gradients(moved: dict) -> torch.Tensor:
        step = torch.cat([(before[key] - moved[key]).flatten().double() for key in sorted(before)])
        return step / (1 - step.abs())

    expected = gradients(after)
    report.true(f"{objective['name']}, {what}: gradients up to {float(expected.abs().max()):.3f}",
                float(expected.abs().max()) > 0.01)
    report.near(f"{objective['name']}, {what}: each gradient, over the largest",
                gradients(adapter) / expected.abs().max(), expected / expected.abs().max(), 1e-4)


def main(hilo: str) -> None:
    torch.set_num_threads(1)
    transformers.utils.logging.disable_progress_bar()
    if not (MODEL / "model.safetensors").exists():
        print("The sample project's base model is not trained yet.")
        sys.exit(77)
    rows = [json.loads(line) for line in DATA.read_text().splitlines()[:2 * (ROWS + VALIDATION)]]
    report = adapters.Report()
    with tempfile.TemporaryDirectory() as folder:
        starts = {}
        for name, scale in (("moved", 0.1), ("fresh", 0.0)):
            own = pathlib.Path(folder) / name
            # alpha = rank: other scales are multiplied into the exported B, whose gradients are then others.
            adapters.write_adapter(own, MODEL, lambda layer, module: {"ranks": [3 + layer % 3], "top_k": 1,
                                                                      "alpha": 3 + layer % 3}, scale=scale)
            adapters.export(hilo, own, MODEL, "peft", own.with_suffix(".peft"))
            starts[name] = (own, own.with_suffix(".peft"))
        for case in CASES:
            of = judged(rows[:ROWS + VALIDATION]) if case[0]["name"] == "kto" else pairs(rows)
            for what in ("steps", "moved", "fresh"):
                with tempfile.TemporaryDirectory() as scratch:
                    if what == "steps":
                        check_steps(report, hilo, pathlib.Path(scratch), starts["moved"], of, case)
                    elif what == "moved" or case[-1]:
                        check_gradients(report, hilo, pathlib.Path(scratch), starts[what], of, case, f"adapter {what}")
    report.finish()


if __name__ == "__main__":
    main(sys.argv[1])
