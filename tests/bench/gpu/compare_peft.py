#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts training steps of transformers + peft beside gpu_bench: the same shapes, tokens and device, in the same run.

  peft-lora   LlamaForCausalLM with peft's LoRA of rank 64 on all linear modules: bfloat16 base, SDPA attention, fused AdamW
  peft-loop   the same model with a mixture of LoRA experts as MoE-PEFT computes it: for each module a router, and for
              each expert the tokens that chose it are gathered, multiplied and added back, one expert after the other

Needs torch, transformers and peft; --binary adds our own cases between theirs.

    python tests/bench/gpu/compare_peft.py --binary build-cuda/tests/bin/gpu_bench --shape llama-3-8b
    python tests/bench/gpu/compare_peft.py --binary build/tests/bin/gpu_bench --shape tiny --device cpu --sequence 64 --tokens 128
"""

import argparse
import json
import math
import statistics
import subprocess
import time

import torch

# As tests/bench/gpu/shapes.cpp has them: layers, hidden, heads, key-value heads, intermediate, vocabulary, tied.
SHAPES = {
    "tiny": (4, 64, 4, 2, 128, 512, True),
    "llama-3.2-1b": (16, 2048, 32, 8, 8192, 128256, True),
    "llama-2-7b": (32, 4096, 32, 32, 11008, 32000, False),
    "llama-3-8b": (32, 4096, 32, 8, 14336, 128256, False),
}
# Dense bfloat16 operations per second by datasheet, as gpu/device_peak.h has them.
PEAKS = {"H200": 989e12, "H100": 989e12, "A100": 312e12, "L40S": 362e12, "RTX 4090": 165e12}


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", help="gpu_bench of the same build")
    parser.add_argument("--shape", choices=SHAPES, default="llama-3-8b")
    parser.add_argument("--sequence", default="512,2048,4096")
    parser.add_argument("--tokens", type=int, default=8192)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--device", default="cuda:0")
    parser.add_argument("--cases", default="peft-lora,peft-loop")
    parser.add_argument("--recompute", action="store_true", help="gradient checkpointing on both sides")
    return parser.parse_args()


class LoopExperts(torch.nn.Module):
    """A linear module with experts of the HILO 2468/2468 map of its layer, as MoE-PEFT runs them."""

    def __init__(self, base, digit):
        super().__init__()
        self.base, self.top_k, self.scale = base, 2, 16 / digit
        factory = {"device": base.weight.device, "dtype": torch.float32}
        self.router = torch.nn.Parameter(torch.empty(digit, base.in_features, **factory))
        torch.nn.init.kaiming_uniform_(self.router, a=math.sqrt(5))
        self.a = torch.nn.ParameterList(torch.randn(digit, base.in_features, **factory) * 0.02 for _ in range(digit))
        self.b = torch.nn.ParameterList(torch.zeros(base.out_features, digit, **factory) for _ in range(digit))

    def forward(self, x):
        result = self.base(x)
        rows = x.reshape(-1, x.shape[-1])
        flat = result.reshape(-1, result.shape[-1])
        weights = torch.softmax(rows.float() @ self.router.t(), dim=-1)
        gates, chosen = torch.topk(weights, self.top_k, dim=-1)
        gates = (gates / gates.sum(dim=-1, keepdim=True)).to(x.dtype)
        for expert in range(len(self.a)):
            token, slot = torch.where(chosen == expert)
            if token.numel() == 0:
                continue
            part = rows[token] @ self.a[expert].to(x.dtype).t() @ self.b[expert].to(x.dtype).t() * self.scale
            flat = flat.index_add(0, token, part * gates[token, slot, None])
        return flat.reshape(result.shape)


def base_model(arguments):
    from transformers import LlamaConfig, LlamaForCausalLM

    layers, hidden, heads, keys, intermediate, vocabulary, tied = SHAPES[arguments.shape]
    config = LlamaConfig(num_hidden_layers=layers, hidden_size=hidden, num_attention_heads=heads,
                         num_key_value_heads=keys, intermediate_size=intermediate, vocab_size=vocabulary,
                         tie_word_embeddings=tied, max_position_embeddings=8192, use_cache=False)
    config._attn_implementation = "sdpa"
    dtype = torch.bfloat16 if arguments.device.startswith("cuda") else torch.float32
    old = torch.get_default_dtype()
    torch.set_default_dtype(dtype)
    try:
        with torch.device(arguments.device):
            model = LlamaForCausalLM(config)
    finally:
        torch.set_default_dtype(old)
    model.requires_grad_(False)
    return model


NAMES = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


def adapted(case, arguments):
    model = base_model(arguments)
    parameters = sum(value.numel() for value in model.parameters())
    if case == "peft-lora":
        from peft import LoraConfig, get_peft_model

        model = get_peft_model(model, LoraConfig(r=64, lora_alpha=16, lora_dropout=0.0, target_modules=NAMES))
    else:
        layers = model.model.layers
        for index, layer in enumerate(layers):
            digit = 2 * (1 + index * 4 // len(layers))
            for part in (layer.self_attn, layer.mlp):
                for name, module in list(part.named_children()):
                    if name in NAMES:
                        setattr(part, name, LoopExperts(module, digit))
    if arguments.recompute:
        model.gradient_checkpointing_enable(gradient_checkpointing_kwargs={"use_reentrant": False})
        if hasattr(model, "enable_input_require_grads"):
            model.enable_input_require_grads()
    return model.train(), parameters


def measure(case, length, arguments):
    on_gpu = arguments.device.startswith("cuda")
    model, parameters = adapted(case, arguments)
    trainable = [value for value in model.parameters() if value.requires_grad]
    optimiser = torch.optim.AdamW(trainable, lr=1e-4, weight_decay=0.0, fused=on_gpu)
    sequences = max(1, arguments.tokens // length)
    tokens = torch.randint(SHAPES[arguments.shape][5], (sequences, length), device=arguments.device)
    seconds = []
    if on_gpu:
        torch.cuda.reset_peak_memory_stats()
    for number in range(arguments.repeat + 1):
        if on_gpu:
            torch.cuda.synchronize()
        start = time.perf_counter()
        loss = model(input_ids=tokens, labels=tokens).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trainable, 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        if on_gpu:
            torch.cuda.synchronize()
        if number > 0:
            seconds.append(time.perf_counter() - start)
    rate = sequences * length / statistics.median(seconds)
    name = torch.cuda.get_device_name() if on_gpu else ""
    peak = next((value for part, value in PEAKS.items() if part in name), 0)
    row = {"shape": arguments.shape, "sequence": length, "case": case, "tokens_per_second": rate,
           "mfu_4n": 4 * parameters * rate / peak if peak else 0,
           "peak_bytes": torch.cuda.max_memory_allocated() if on_gpu else 0, "estimated_bytes": 0}
    del model, optimiser, trainable
    if on_gpu:
        torch.cuda.empty_cache()
    return row


def ours(length, arguments):
    command = [arguments.binary, "--json", "--shape", arguments.shape, "--sequence", str(length),
               "--tokens", str(arguments.tokens), "--repeat", str(arguments.repeat), "--device", arguments.device]
    if arguments.recompute:
        command.append("--recompute")
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["rows"]


def main():
    arguments = parse_arguments()
    torch.manual_seed(1)
    print("| shape | sequence | case | tokens/s | MFU (4N) | peak GiB | estimate |\n| --- | --- | --- | --- | --- | --- | --- |")
    for length in (int(part) for part in arguments.sequence.split(",")):
        rows = ours(length, arguments) if arguments.binary else []
        for case in arguments.cases.split(","):
            try:
                rows.append(measure(case, length, arguments))
            except torch.cuda.OutOfMemoryError:
                print(f"| {arguments.shape} | {length} | {case} | out of memory | | | |", flush=True)
        for row in rows:
            print(f"| {row['shape']} | {row['sequence']} | {row['case']} | {row['tokens_per_second']:.0f} | "
                  f"{100 * row['mfu_4n']:.1f} % | {row['peak_bytes'] / 2**30:.2f} | {row['estimated_bytes'] / 2**30:.2f} |",
                  flush=True)


if __name__ == "__main__":
    main()
