#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The loss on validation rows against transformers, and with a trained adapter against peft on what is exported for it: tiny
models of several families, Alpaca, conversations in the model's own template (all answers, the last, those with a weight;
tools), prompts with completions, with rows that are cut, and whole texts, the long ones in windows. Tokens and masks are
transformers' own (losses.py). The loss of a first step, packed and not, is that of the base on the training rows. Needs
torch, transformers, peft.

    python check_validation_loss.py BUILD_FOLDER/bin/hilo
"""
import json
import pathlib
import shutil
import sys
import tempfile

import adapters
import losses
import torch
import transformers
from peft import PeftModel

GLOSSES = adapters.ROOT / "projects/gloss-classes/data/test.jsonl"
TOKENIZER = adapters.ROOT / "tests/data/tokenizers/qwen/tokenizer.json"
LONGEST = 120

PLAIN = ("{% if tools %}<|im_start|>system\n{% for tool in tools %}{{ tool | tojson }}\n{% endfor %}<|im_end|>\n{% endif %}"
         "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
         "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}")
MARKED = ("{% for m in messages %}<|im_start|>{{ m.role }}\n{% if m.role == 'assistant' %}{% generation %}{{ m.content }}"
          "<|im_end|>{% endgeneration %}{% else %}{{ m.content }}<|im_end|>{% endif %}\n{% endfor %}"
          "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}")


def alpaca(glosses: list) -> list:
    return [{"instruction": "What kind of thing is this?" if i % 3 else f"Say in a word what kind of thing is {one['text']}.",
             "input": one["text"] if i % 3 else "", "output": one["label"]} for i, one in enumerate(glosses)]


def prompts(glosses: list) -> list:
    return [{"prompt": f"A kind of {one['label']} is" + ":" * (i % 2), "completion": " " + one["text"]}
            for i, one in enumerate(glosses)]


def texts(glosses: list) -> list:
    return [{"text": " ".join([one["text"]] * (1 + i % 4))} for i, one in enumerate(glosses)]


def messages(glosses: list) -> list:
    rows = []
    for i, one in enumerate(glosses):
        turns = [{"role": "user", "content": one["text"]}, {"role": "assistant", "content": one["label"]}]
        if i % 2:
            turns = [{"role": "system", "content": "Be brief."}, *turns, {"role": "user", "content": "Are you sure?"},
                     {"role": "assistant", "content": f"Yes, it is a kind of {one['label']}."}]
        rows.append({"messages": turns})
    return rows


def weighted(glosses: list) -> list:
    rows = messages(glosses)
    for i, row in enumerate(rows):
        if i % 4 == 1:
            row["messages"][2]["weight"] = 0
        if i % 4 == 3:
            row["messages"][2]["train"] = True
            row["messages"][4]["train"] = False
    return rows


def with_tools(glosses: list) -> list:
    tools = [{"type": "function", "function": {"name": "kind", "parameters": {"type": "object", "properties": {}}}}]
    return [{**row, "tools": tools} if i % 2 else row for i, row in enumerate(messages(glosses))]


# name, rows, kind, chat template, which answers
KINDS = [("Alpaca", alpaca, "alpaca", PLAIN, "all"), ("prompt and completion", prompts, "prompt-completion", PLAIN, "all"),
         ("texts", texts, "text", PLAIN, "all"), ("messages", messages, "chat", PLAIN, "all"),
         ("messages, marked", messages, "chat", MARKED, "all"), ("messages, the last answer", messages, "chat", PLAIN, "last"),
         ("messages, weights", weighted, "chat", PLAIN, "all"),
         ("messages, marked, weights", weighted, "chat", MARKED, "all"), ("messages, tools", with_tools, "chat", PLAIN, "all")]


def parts(form: str, tokens: list, mask: list) -> list:
    """A row as it is read: cut where it has a prompt; a text that is too long in windows, each of which begins with the last
    token of the one before (the tokenizer has no BOS), so that every token is predicted once."""
    if form != "text":
        return [losses.cut(tokens, mask, LONGEST, None)]
    begins = range(0, max(1, len(tokens) - 1), LONGEST - 1)
    return [(tokens[b:b + LONGEST], mask[b:b + LONGEST]) for b in begins]


def make_model(name: str, template: str, folder: pathlib.Path):
    """A family's tiny model with random weights for a tokenizer that has words."""
    config = transformers.AutoConfig.from_pretrained(adapters.MODELS / name)
    config.vocab_size, config.max_position_embeddings, config.initializer_range = 704, 512, 0.2
    config.bos_token_id = config.eos_token_id = config.pad_token_id = 0
    torch.manual_seed(3)
    transformers.AutoModelForCausalLM.from_config(config, dtype=torch.float32).save_pretrained(folder)
    shutil.copy(TOKENIZER, folder)
    end = json.loads(TOKENIZER.read_text())["added_tokens"][0]["content"]
    (folder / "tokenizer_config.json").write_text(json.dumps(
        {"tokenizer_class": "PreTrainedTokenizerFast", "eos_token": end, "chat_template": template}))
    return transformers.PreTrainedTokenizerFast(tokenizer_file=str(TOKENIZER), eos_token=end, chat_template=template)


def check(report: adapters.Report, hilo: str, family: str, kind: tuple, packed: bool, glosses: list,
          scratch: pathlib.Path) -> None:
    name, make, form, template, learn = kind
    what = f"{family}, {name}" + (", packed" if packed else "")
    tokenizer = make_model(family, template, scratch / "model")
    rows = {"train": make(glosses[:20]), "validation": make(glosses[20:44])}
    losses.write_rows(scratch / "data", rows)
    data = {"path": str(scratch / "data"), **({"learn": learn} if learn != "all" else {})}
    read = {split: [part for row in of for part in parts(form, *losses.tokens_of(tokenizer, form, row, learn))]
            for split, of in rows.items()}
    run, steps, measured = losses.train(hilo, scratch, scratch / "model", data, {
        "steps": 6, "batch_size": len(read["train"]), "packing": packed, "learning_rate": 0.02, "max_length": LONGEST,
        "loss_on": "whole_text" if form == "text" else "answer"})
    base = transformers.AutoModelForCausalLM.from_pretrained(scratch / "model", dtype=torch.float32,
                                                             attn_implementation="eager").eval()
    first, _ = losses.loss(base, read["train"])
    report.near(f"{what}, first step", torch.tensor(steps[0]["loss"]), torch.tensor(first), 1e-4)
    before, count = losses.loss(base, read["validation"])
    written = adapters.export(hilo, run, scratch / "model", "peft", scratch / "peft")
    adapted = PeftModel.from_pretrained(base, str(scratch / "peft")).eval()
    after, _ = losses.loss(adapted, read["validation"])
    ours = losses.evaluate(hilo, scratch, scratch / "model", "--adapter", run, "--compare-base", "--batch-size", 7)
    report.true(f"{what}: {ours['tokens']} tokens of {len(read['validation'])} rows, {ours['truncated_rows']} cut",
                ours["tokens"] == count and measured["tokens"] == count)
    report.near(f"{what}, base ({before:.4f})", torch.tensor(ours["base"]["loss"]), torch.tensor(before), 1e-4)
    report.near(f"{what}, adapter ({after:.4f}, {written['verdict']})", torch.tensor(ours["loss"]), torch.tensor(after), 1e-4)
    report.near(f"{what}, the run's own", torch.tensor(measured["loss"]), torch.tensor(after), 1e-4)
    report.true(f"{what}: the adapter changes the loss", abs(after - before) > 1e-2)


def main(hilo: str) -> None:
    torch.set_num_threads(1)
    transformers.utils.logging.disable_progress_bar()
    report = adapters.Report()
    glosses = [json.loads(line) for line in GLOSSES.read_text().splitlines()[:44]]
    cases = [("llama", kind, False) for kind in KINDS]
    cases += [(family, kind, True) for family, kind in zip(("qwen2", "qwen3", "gemma2", "gpt2", "mistral"),
                                                           (KINDS[0], KINDS[3], KINDS[1], KINDS[2], KINDS[4]))]
    for family, kind, packed in cases:
        with tempfile.TemporaryDirectory() as scratch:
            check(report, hilo, family, kind, packed, glosses, pathlib.Path(scratch))
    report.finish()


if __name__ == "__main__":
    main(sys.argv[1])
