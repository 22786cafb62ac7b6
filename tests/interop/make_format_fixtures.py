#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/data/formats with the reference packages: a tiny llama in GGUF with every block type that is read here,
what its tensors are worth, and a safetensors file with every element type. Needs gguf, numpy, safetensors and torch.

    python make_format_fixtures.py ../data/formats
"""
import json
import pathlib
import sys

import gguf
import numpy
import torch
from gguf import GGMLQuantizationType as Type
from safetensors.torch import save_file

HIDDEN, INTERMEDIATE, HEADS, KEY_VALUE_HEADS, HEAD_SIZE, VOCABULARY = 256, 32, 2, 1, 16, 32

# GGUF name: (Hugging Face name, shape, block type)
TENSORS = {
    "token_embd.weight": ("model.embed_tokens.weight", (VOCABULARY, HIDDEN), Type.Q8_0),
    "blk.0.attn_norm.weight": ("model.layers.0.input_layernorm.weight", (HIDDEN,), Type.F32),
    "blk.0.attn_q.weight": ("model.layers.0.self_attn.q_proj.weight", (HEADS * HEAD_SIZE, HIDDEN), Type.Q4_K),
    "blk.0.attn_k.weight": ("model.layers.0.self_attn.k_proj.weight", (KEY_VALUE_HEADS * HEAD_SIZE, HIDDEN), Type.F16),
    "blk.0.attn_v.weight": ("model.layers.0.self_attn.v_proj.weight", (KEY_VALUE_HEADS * HEAD_SIZE, HIDDEN), Type.Q6_K),
    "blk.0.attn_output.weight": ("model.layers.0.self_attn.o_proj.weight", (HIDDEN, HEADS * HEAD_SIZE), Type.Q4_0),
    "blk.0.ffn_norm.weight": ("model.layers.0.post_attention_layernorm.weight", (HIDDEN,), Type.F32),
    "blk.0.ffn_gate.weight": ("model.layers.0.mlp.gate_proj.weight", (INTERMEDIATE, HIDDEN), Type.Q5_K),
    "blk.0.ffn_up.weight": ("model.layers.0.mlp.up_proj.weight", (INTERMEDIATE, HIDDEN), Type.BF16),
    "blk.0.ffn_down.weight": ("model.layers.0.mlp.down_proj.weight", (HIDDEN, INTERMEDIATE), Type.Q4_1),
    "blk.1.attn_norm.weight": ("model.layers.1.input_layernorm.weight", (HIDDEN,), Type.F32),
    "blk.1.attn_q.weight": ("model.layers.1.self_attn.q_proj.weight", (HEADS * HEAD_SIZE, HIDDEN), Type.F32),
    "blk.1.attn_k.weight": ("model.layers.1.self_attn.k_proj.weight", (KEY_VALUE_HEADS * HEAD_SIZE, HIDDEN), Type.Q5_0),
    "blk.1.attn_v.weight": ("model.layers.1.self_attn.v_proj.weight", (KEY_VALUE_HEADS * HEAD_SIZE, HIDDEN), Type.F16),
    "blk.1.attn_output.weight": ("model.layers.1.self_attn.o_proj.weight", (HIDDEN, HEADS * HEAD_SIZE), Type.Q5_0),
    "blk.1.ffn_norm.weight": ("model.layers.1.post_attention_layernorm.weight", (HIDDEN,), Type.F32),
    "blk.1.ffn_gate.weight": ("model.layers.1.mlp.gate_proj.weight", (INTERMEDIATE, HIDDEN), Type.Q6_K),
    "blk.1.ffn_up.weight": ("model.layers.1.mlp.up_proj.weight", (INTERMEDIATE, HIDDEN), Type.Q4_K),
    "blk.1.ffn_down.weight": ("model.layers.1.mlp.down_proj.weight", (HIDDEN, INTERMEDIATE), Type.Q5_1),
    "output_norm.weight": ("model.norm.weight", (HIDDEN,), Type.F32),
}

# The package cannot quantise to these: random blocks with sensible halves at these bytes.
HALVES = {Type.Q4_K: (0, 2), Type.Q5_K: (0, 2), Type.Q6_K: (208,)}


def permute(weights: numpy.ndarray, heads: int) -> numpy.ndarray:
    """What convert_hf_to_gguf.py does to q and k of the llama architecture."""
    return weights.reshape(heads, 2, weights.shape[0] // heads // 2, -1).swapaxes(1, 2).reshape(weights.shape)


def unpermute(weights: numpy.ndarray, heads: int) -> numpy.ndarray:
    return weights.reshape(heads, weights.shape[0] // heads // 2, 2, -1).swapaxes(1, 2).reshape(weights.shape)


def random_blocks(random: numpy.random.Generator, shape: tuple, kind: Type) -> numpy.ndarray:
    elements, size = gguf.GGML_QUANT_SIZES[kind]
    blocks = random.integers(0, 256, (*shape[:-1], shape[-1] // elements, size), dtype=numpy.uint8)
    for position in HALVES[kind]:
        values = random.normal(0, 0.01, blocks.shape[:-1]).astype(numpy.float16)
        blocks[..., position:position + 2] = values[..., None].view(numpy.uint8)
    return blocks.reshape(*shape[:-1], -1)


def write_gguf(folder: pathlib.Path) -> None:
    random = numpy.random.default_rng(20)
    writer = gguf.GGUFWriter(folder / "tiny-llama.gguf", "llama")
    writer.add_name("tiny llama")
    writer.add_block_count(2)
    writer.add_context_length(64)
    writer.add_embedding_length(HIDDEN)
    writer.add_feed_forward_length(INTERMEDIATE)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(KEY_VALUE_HEADS)
    writer.add_key_length(HEAD_SIZE)
    writer.add_value_length(HEAD_SIZE)
    writer.add_rope_dimension_count(HEAD_SIZE)
    writer.add_rope_freq_base(500.0)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("llama-bpe")
    writer.add_token_list(["<s>", "</s>"] + [chr(ord("a") + i) for i in range(26)] + ["Ġ", "an", "and", "é"])
    writer.add_token_types([3, 3] + [1] * 30)
    writer.add_token_merges(["a n", "an d"])
    writer.add_bos_token_id(0)
    writer.add_eos_token_id(1)
    writer.add_add_bos_token(True)
    writer.add_chat_template("{{ messages }}")
    factors = numpy.linspace(1, 8, HEAD_SIZE // 2, dtype=numpy.float32)
    writer.add_tensor("rope_freqs.weight", factors)
    expected = {}
    for name, (hugging_face, shape, kind) in TENSORS.items():
        rotated = ".attn_q." in name or ".attn_k." in name
        heads = HEADS if ".attn_q." in name else KEY_VALUE_HEADS
        original = random.normal(0, 1, shape).astype(numpy.float32)
        stored = permute(original, heads) if rotated else original
        if kind in HALVES:
            data = random_blocks(random, shape, kind)
        else:
            data = gguf.quantize(stored, kind)
        writer.add_tensor(name, data, raw_dtype=kind)
        values = gguf.dequantize(data, kind).reshape(shape)
        values = unpermute(values, heads) if rotated else values
        if kind == Type.F32:
            assert numpy.array_equal(values, original)
        flat = values.astype(numpy.float64).ravel()
        # The second sum tells every order of the elements apart.
        expected[hugging_face] = {"type": kind.name, "shape": list(shape), "sum": flat.sum(),
                                  "weighted_sum": (flat * (1 + numpy.arange(flat.size) % 8191)).sum(),
                                  "first": values.ravel()[:4].tolist(), "last": values.ravel()[-4:].tolist()}
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    document = {"parameters": sum(int(numpy.prod(shape)) for _, shape, _ in TENSORS.values()),
                "rope_factors": factors.tolist(), "tensors": expected}
    (folder / "tiny-llama.expected.json").write_text(json.dumps(document, indent=1) + "\n")


def write_safetensors(folder: pathlib.Path) -> None:
    numbers = torch.arange(6, dtype=torch.float32) - 2.5
    tensors = {
        "float32": numbers.reshape(2, 3), "float64": numbers.double() / 3, "float16": numbers.half(),
        "bfloat16": numbers.bfloat16().reshape(3, 2), "int64": torch.arange(3) - 1,
        "int32": torch.arange(3, dtype=torch.int32), "int16": torch.arange(3, dtype=torch.int16),
        "int8": torch.arange(-1, 2, dtype=torch.int8), "uint8": torch.arange(3, dtype=torch.uint8),
        "bool": torch.tensor([True, False, True]), "scalar": torch.tensor(1.5), "empty": torch.zeros(0, 4),
        "naïve \"name\"\n": torch.ones(1),
    }
    save_file(tensors, folder / "types.safetensors", metadata={"format": "pt"})


if __name__ == "__main__":
    target = pathlib.Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    write_gguf(target)
    write_safetensors(target)
