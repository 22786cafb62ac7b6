#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares SmolLM2-135M-Instruct with transformers, both reading the same GGUF file: tokens, logits and greedy text.
Needs torch, transformers and gguf.

    python check_smollm2.py BUILD_FOLDER/bin/hilo
"""
import json
import pathlib
import sys
import tempfile

import adapters
import smollm2
import torch
import transformers

TEXT = ("The number of experts of a layer, and the rank of each one, follow how complex the layer's representation is. "
        "In 1906 a naïve café owner wrote: 'x = 3.5;'\n\n    and then she left.")
PROMPTS = ["The three primary colours are", "def factorial(n):\n    ", "Once upon a time, in a small village,"]


def main(hilo: str) -> None:
    torch.set_num_threads(1)
    transformers.utils.logging.disable_progress_bar()
    report = adapters.Report()
    path = smollm2.path()
    tokenizer = transformers.AutoTokenizer.from_pretrained(str(path.parent), gguf_file=path.name)
    model = transformers.AutoModelForCausalLM.from_pretrained(
        str(path.parent), gguf_file=path.name, dtype=torch.float32, attn_implementation="eager").eval()

    tokens = tokenizer(TEXT, add_special_tokens=False).input_ids
    with torch.no_grad():
        expected = model(torch.tensor([tokens])).logits[0]
    with tempfile.TemporaryDirectory() as scratch:
        actual = adapters.our_logits(hilo, path, None, pathlib.Path(scratch), tokens)
    report.near(f"logits of {len(tokens)} tokens", actual, expected, 1e-3)
    report.true("the most likely token is the same everywhere", torch.equal(actual.argmax(-1), expected.argmax(-1)))

    for prompt in PROMPTS:
        ours = json.loads(adapters.run([hilo, "generate", path, "--prompt", prompt, "--max-tokens", 24, "--threads", 1,
                                        "--json"]).stdout)
        ids = tokenizer(prompt, add_special_tokens=False, return_tensors="pt").input_ids
        report.true(f"{ours['prompt_tokens']} tokens in {prompt!r}", ours["prompt_tokens"] == ids.shape[1])
        with torch.no_grad():
            made = model.generate(ids, attention_mask=torch.ones_like(ids), max_new_tokens=24, do_sample=False,
                                  pad_token_id=tokenizer.eos_token_id)[0, ids.shape[1]:]
        text = tokenizer.decode(made, skip_special_tokens=True)
        report.true(f"greedy text {ours['text']!r}", ours["text"].strip() == text.strip())
    report.finish()


if __name__ == "__main__":
    main(sys.argv[1])
