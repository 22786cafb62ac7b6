# SPDX-License-Identifier: GPL-3.0-or-later
"""Shared by the checks of losses: what a row's tokens are and which of them are learnt, by transformers' tokenizers and chat
templates alone, and the loss of such rows. Needs torch and transformers."""
import json
import pathlib

import adapters
import torch

ALPACA = ("Below is an instruction that describes a task, paired with an input that provides further context. Write a response "
          "that appropriately completes the request.\n\n### Instruction:\n{instruction}\n\n### Input:\n{input}\n\n### Response:\n")
ALPACA_WITHOUT = ("Below is an instruction that describes a task. Write a response that appropriately completes the request.\n\n"
                  "### Instruction:\n{instruction}\n\n### Response:\n")


def common_prefix(one: list, other: list) -> int:
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    return same


def answered(tokenizer, prompt: str, answer: str) -> tuple:
    """Tokens of a prompt with its answer and the end token, and which of them are the answer's."""
    tokens = tokenizer(prompt + answer).input_ids + [tokenizer.eos_token_id]
    start = common_prefix(tokens, tokenizer(prompt.rstrip(" ")).input_ids) if prompt else 0
    return tokens, [int(i >= start) for i in range(len(tokens))]


def conversation(tokenizer, row: dict, learn: str) -> tuple:
    """transformers' mask where the template marks answers, else what it adds from before an answer to behind it."""
    messages, tools = row["messages"], row.get("tools")
    turns = [{key: value for key, value in turn.items() if key not in ("weight", "train")} for turn in messages]
    places = [i for i, turn in enumerate(turns) if turn["role"] == "assistant"]
    learnt = [i for i in places if messages[i].get("weight", 1) and messages[i].get("train", True)]
    if learn == "last":
        learnt = learnt[-1:] if learnt and learnt[-1] == places[-1] else []

    def ids(count: int, prompt: bool) -> list:
        return tokenizer.apply_chat_template(turns[:count], tools=tools, add_generation_prompt=prompt, return_dict=True).input_ids

    whole = ids(len(turns), False)
    if "generation %}" in tokenizer.chat_template:
        mask = tokenizer.apply_chat_template(turns, tools=tools, return_dict=True, return_assistant_tokens_mask=True)[
            "assistant_masks"]
        runs = [i for i in range(len(mask)) if mask[i] and (i == 0 or not mask[i - 1])]
        assert len(runs) == len(places)
        for run, place in zip(runs, places):
            if place not in learnt:
                while run < len(mask) and mask[run]:
                    mask[run] = 0
                    run += 1
        return whole, mask
    mask = [0] * len(whole)
    for i in learnt:
        before, behind = ids(i, True), ids(i + 1, False)
        assert whole[:len(before)] == before and whole[:len(behind)] == behind
        mask[len(before):len(behind)] = [1] * (len(behind) - len(before))
    return whole, mask


def tokens_of(tokenizer, kind: str, row: dict, learn: str = "all") -> tuple:
    if kind == "alpaca":
        template = ALPACA if row.get("input") else ALPACA_WITHOUT
        return answered(tokenizer, template.format(**row), row["output"])
    if kind == "prompt-completion":
        return answered(tokenizer, row["prompt"], row["completion"])
    if kind == "text":
        return answered(tokenizer, "", row["text"])
    return conversation(tokenizer, row, learn)


def cut(tokens: list, mask: list, most: int, bos) -> tuple:
    """What stands behind the last answer goes first, then the beginning of what stands before it; BOS stays."""
    end = len(mask) - mask[::-1].index(1)
    tokens, mask = tokens[:max(most, end)], mask[:max(most, end)]
    special = int(bool(tokens) and tokens[0] == bos)
    start = len(mask) - mask[::-1].index(0, mask[::-1].index(1)) if 0 in mask else special
    drop = min(max(0, len(tokens) - most), max(0, start - special))
    return (tokens[:special] + tokens[special + drop:])[:most], (mask[:special] + mask[special + drop:])[:most]


def loss(model, rows: list) -> tuple:
    """Mean loss in nats over the learnt tokens of (tokens, mask) rows, and their number."""
    total, count = 0.0, 0
    with torch.no_grad():
        for tokens, mask in rows:
            labels = torch.tensor([[token if learnt else -100 for token, learnt in zip(tokens, mask)]])
            learnt = int((labels[0, 1:] != -100).sum())
            if learnt:
                total += float(model(torch.tensor([tokens]), labels=labels).loss) * learnt
                count += learnt
    return total / count, count


def write_rows(folder: pathlib.Path, splits: dict) -> None:
    folder.mkdir(parents=True)
    for name, rows in splits.items():
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))


def train(hilo: str, scratch: pathlib.Path, model, data: dict, training: dict) -> tuple:
    """A run of plain LoRA that is measured on its validation rows: its folder, its steps, its last evaluation."""
    adapters.run([hilo, "allocate", model, "--strategy", "lora", "--set", "rank=4", "--out", scratch / "lora.map.json"])
    spec = {"format": "hilo.run/1", "name": "loss", "model": {"path": str(model)}, "data": data,
            "map": str(scratch / "lora.map.json"), "training": {"dtype": "float32", "threads": 1, **training},
            "evaluation": {"protocol": "loss", "split": "validation"}}
    (scratch / "run.json").write_text(json.dumps(spec))
    adapters.run([hilo, "train", scratch / "run.json", "--out", scratch / "run"])
    events = [json.loads(line) for line in (scratch / "run/events.ndjson").read_text().splitlines()]
    kinds = {kind: [event for event in events if event["event"] == kind] for kind in ("step", "evaluation")}
    return scratch / "run", kinds["step"], kinds["evaluation"][-1]


def evaluate(hilo: str, scratch: pathlib.Path, model, *more) -> dict:
    return json.loads(adapters.run([hilo, "evaluate", model, "--data", scratch / "run.json", "--split", "validation",
                                    "--protocol", "loss", "--threads", 1, "--json", *more]).stdout)
