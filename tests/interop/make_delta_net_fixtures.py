#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/data/delta_net.safetensors: what transformers' torch functions of qwen3_next (and qwen3_5) compute in
float32 for the gated delta rule, token by token, and for the convolution in front of it, with the gradients of a weighted
sum by all inputs. Needs torch, transformers and safetensors.

    python make_delta_net_fixtures.py ../data/delta_net.safetensors
"""
import sys

import torch
from safetensors.torch import save_file
from transformers.models.qwen3_next import modeling_qwen3_next as reference

ROWS, TOKENS, KEY_HEADS, VALUE_HEADS, KEYS, VALUES, KERNEL = 1, 70, 2, 4, 3, 5, 4


def main(target: str) -> None:
    torch.set_num_threads(1)
    generator = torch.Generator().manual_seed(9)

    def normal(*shape: int) -> torch.Tensor:
        return torch.randn(shape, generator=generator)

    inputs = {
        "query": normal(ROWS, TOKENS, KEY_HEADS, KEYS), "key": normal(ROWS, TOKENS, KEY_HEADS, KEYS),
        "value": normal(ROWS, TOKENS, VALUE_HEADS, VALUES),
        # From a state that is kept to one that is nearly forgotten with each token.
        "decay": -torch.nn.functional.softplus(3 * normal(ROWS, TOKENS, VALUE_HEADS) - 2),
        "rate": torch.sigmoid(2 * normal(ROWS, TOKENS, VALUE_HEADS)),
        "state": normal(ROWS, VALUE_HEADS, KEYS, VALUES),
    }
    weight, weight_of_state = normal(ROWS, TOKENS, VALUE_HEADS, VALUES), normal(ROWS, VALUE_HEADS, KEYS, VALUES)
    stored = dict(inputs) | {"weight": weight, "weight_of_state": weight_of_state}
    leaves = {name: tensor.clone().requires_grad_(True) for name, tensor in inputs.items()}
    output, state = reference.torch_recurrent_gated_delta_rule(
        leaves["query"], leaves["key"], leaves["value"], g=leaves["decay"], beta=leaves["rate"],
        initial_state=leaves["state"], output_final_state=True, use_qk_l2norm_in_kernel=True)
    ((output * weight).sum() + (state * weight_of_state).sum()).backward()
    stored |= {"output": output, "final_state": state}
    stored |= {"gradient_" + name: leaf.grad for name, leaf in leaves.items()}
    chunked, _ = reference.torch_chunk_gated_delta_rule(
        **{"query": inputs["query"], "key": inputs["key"], "value": inputs["value"], "g": inputs["decay"],
           "beta": inputs["rate"]}, initial_state=inputs["state"], use_qk_l2norm_in_kernel=True)
    print("chunks of transformers differ by", float((chunked - output).detach().abs().max()))
    channels, kernel = normal(ROWS, 9, 6), normal(6, 1, KERNEL)
    stored |= {"channels": channels, "kernel": kernel, "convolved": reference.causal_conv1d_fn(
        channels.transpose(1, 2), kernel.squeeze(1), activation="silu").transpose(1, 2)}
    save_file({name: tensor.detach().contiguous() for name, tensor in stored.items()}, target)


if __name__ == "__main__":
    main(sys.argv[1])
