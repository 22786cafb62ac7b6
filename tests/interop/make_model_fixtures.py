#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/data/models: a tiny randomly initialised model of every family, with the logits that transformers
computes for it in float32. Needs torch, transformers and safetensors.

    python make_model_fixtures.py ../data/models
"""
import json
import pathlib
import sys

import torch
import transformers
from safetensors.torch import save_file

COMMON = dict(hidden_size=32, intermediate_size=48, num_hidden_layers=3, num_attention_heads=4, num_key_value_heads=2,
              vocab_size=61, max_position_embeddings=64, bos_token_id=1, eos_token_id=2, pad_token_id=0)

MODELS = {
    "llama": (transformers.LlamaConfig, dict(COMMON, rope_theta=10000.0)),
    "llama3-rope": (transformers.LlamaConfig, dict(
        COMMON, head_dim=16, tie_word_embeddings=True, attention_bias=True, mlp_bias=True,
        rope_scaling=dict(rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
                          original_max_position_embeddings=16), rope_theta=500.0)),
    "mistral": (transformers.MistralConfig, dict(COMMON, sliding_window=5)),
    "qwen2": (transformers.Qwen2Config, dict(COMMON, tie_word_embeddings=True)),
    "qwen3": (transformers.Qwen3Config, dict(COMMON, head_dim=12)),
    "gemma": (transformers.GemmaConfig, dict(COMMON, head_dim=16, num_key_value_heads=1,
                                             hidden_activation="gelu_pytorch_tanh")),
    "gemma2": (transformers.Gemma2Config, dict(COMMON, head_dim=16, sliding_window=4, query_pre_attn_scalar=24,
                                               attn_logit_softcapping=5.0, final_logit_softcapping=3.0,
                                               hidden_activation="gelu_pytorch_tanh")),
    "gpt2": (transformers.GPT2Config, dict(n_embd=32, n_layer=3, n_head=4, n_positions=64, vocab_size=61,
                                           bos_token_id=1, eos_token_id=2)),
}


def randomise(model: torch.nn.Module) -> None:
    """Every parameter away from its special value, so that a forgotten bias or norm shows."""
    generator = torch.Generator().manual_seed(7)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            if parameter.dim() == 1:
                parameter.add_(noise * 0.2)
            else:
                parameter.copy_(noise * 0.25)


def main(folder: pathlib.Path) -> None:
    torch.set_num_threads(1)
    tokens = torch.randint(3, 61, (1, 23), generator=torch.Generator().manual_seed(3))
    for name, (config_class, settings) in MODELS.items():
        config = config_class(**settings)
        config._attn_implementation = "eager"
        model = transformers.AutoModelForCausalLM.from_config(config).float().eval()
        randomise(model)
        with torch.no_grad():
            logits = model(tokens, attention_mask=torch.ones_like(tokens)).logits[0]
        target = folder / name
        model.save_pretrained(target, max_shard_size="40KB" if name == "qwen2" else "1GB")
        (target / "generation_config.json").unlink(missing_ok=True)
        save_file({"tokens": tokens[0], "logits": logits.contiguous()}, str(target / "expected.safetensors"))
        print(name, sum(p.numel() for p in model.parameters()), json.dumps(float(logits.abs().max())))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent / "../data/models"))
