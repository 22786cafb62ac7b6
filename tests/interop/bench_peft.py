#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts a training step of transformers + peft beside tests/bench's train_step: the same shapes, batch and thread count,
taking turns in the same run. Needs torch, transformers and peft.

    OMP_NUM_THREADS=1 python tests/interop/bench_peft.py --binary build/tests/bin/train_step
"""

import argparse
import json
import os
import statistics
import subprocess
import time

SHAPE = {"layers": 30, "hidden": 576, "heads": 9, "key-value-heads": 3, "intermediate": 1536, "vocabulary": 49152}


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True, help="train_step of a build with -DHILO_BENCHMARKS=ON")
    parser.add_argument("--rounds", type=int, default=3, help="how often both sides take turns")
    parser.add_argument("--repeat", type=int, default=2, help="measured steps of a turn")
    parser.add_argument("--sequences", type=int, default=2)
    parser.add_argument("--length", type=int, default=128)
    parser.add_argument("--rank", type=int, default=64)
    parser.add_argument("--threads", type=int, default=1)
    for name, value in SHAPE.items():
        parser.add_argument("--" + name, type=int, default=value)
    return parser.parse_args()


def shape_of(arguments):
    return {name: getattr(arguments, name.replace("-", "_")) for name in SHAPE}


def ours(arguments):
    """Median seconds of a step by case."""
    command = [arguments.binary, "--json", "--cases", "lora,mixture", "--repeat", str(arguments.repeat)]
    for name in ("sequences", "length", "rank", "threads"):
        command += ["--" + name, str(getattr(arguments, name))]
    for name, value in shape_of(arguments).items():
        command += ["--" + name, str(value)]
    environment = dict(os.environ, OMP_NUM_THREADS=str(arguments.threads))
    output = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
    return {case: values["seconds"] for case, values in json.loads(output).items()}


class Peft:
    """The step of the peer in its fastest plain form: SDPA attention, fused AdamW, no dropout."""

    def __init__(self, arguments):
        import torch
        from peft import LoraConfig, get_peft_model
        from transformers import LlamaConfig, LlamaForCausalLM

        torch.set_num_threads(arguments.threads)
        torch.manual_seed(1)
        shape = shape_of(arguments)
        config = LlamaConfig(
            vocab_size=shape["vocabulary"],
            hidden_size=shape["hidden"],
            intermediate_size=shape["intermediate"],
            num_hidden_layers=shape["layers"],
            num_attention_heads=shape["heads"],
            num_key_value_heads=shape["key-value-heads"],
            max_position_embeddings=max(2048, arguments.length),
            tie_word_embeddings=True,
            attn_implementation="sdpa",
        )
        modules = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
        lora = LoraConfig(r=arguments.rank, lora_alpha=16, lora_dropout=0.0, target_modules=modules, task_type="CAUSAL_LM")
        self.model = get_peft_model(LlamaForCausalLM(config).to(torch.float32), lora)
        self.model.train()
        trainable = [parameter for parameter in self.model.parameters() if parameter.requires_grad]
        self.optimiser = torch.optim.AdamW(trainable, lr=1e-3, fused=True)
        self.tokens = torch.randint(shape["vocabulary"], (arguments.sequences, arguments.length))
        self.step()

    def step(self):
        begin = time.perf_counter()
        loss = self.model(input_ids=self.tokens, labels=self.tokens, use_cache=False).loss
        loss.backward()
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        return time.perf_counter() - begin


def main():
    arguments = parse_arguments()
    peft = Peft(arguments)
    seconds = {"lora": [], "mixture": [], "peft": []}
    for _ in range(arguments.rounds):
        for case, value in ours(arguments).items():
            seconds[case].append(value)
        seconds["peft"].append(statistics.median(peft.step() for _ in range(arguments.repeat)))
    tokens = arguments.sequences * arguments.length
    reference = statistics.median(seconds["peft"])
    print("| step | tokens/s | x peft |\n| --- | --- | --- |")
    for case, values in seconds.items():
        median = statistics.median(values)
        print(f"| {case} | {tokens / median:.1f} | {reference / median:.2f} |")


if __name__ == "__main__":
    main()
