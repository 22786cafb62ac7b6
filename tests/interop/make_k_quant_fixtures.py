#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/data/k-quants: small GGUF files in the block types of llama.cpp's K-quants, with random blocks and a
vocabulary: a model with an output head of its own, one with biases, and one that is split in three; and what the gguf
package makes of every tensor, and tokenizers of some texts. Needs gguf, numpy and tokenizers.

    python make_k_quant_fixtures.py ../data/k-quants
"""
import json
import pathlib
import shutil
import sys

import gguf
import numpy
import tokenizers
from gguf import GGMLQuantizationType as Type
from make_block_fixtures import fingerprint
from make_format_fixtures import unpermute

HIDDEN, HEADS, HEAD_SIZE, INTERMEDIATE = 256, 2, 16, 32
# As llama.cpp mixes them: rows that are no whole super-blocks have another type.
TYPES = {"token_embd": Type.Q4_K, "output": Type.Q6_K, "attn_q": Type.Q4_K, "attn_k": Type.Q3_K, "attn_v": Type.Q6_K,
         "attn_output": Type.Q5_0, "ffn_gate": Type.Q2_K, "ffn_up": Type.Q5_K, "ffn_down": Type.Q4_0}
# Where the float16 factors stand in a super-block.
HALVES = {Type.Q2_K: (80, 82), Type.Q3_K: (108,), Type.Q4_K: (0, 2), Type.Q5_K: (0, 2), Type.Q6_K: (208,)}
NAMES = {"attn_norm": "input_layernorm", "ffn_norm": "post_attention_layernorm", "attn_q": "self_attn.q_proj",
         "attn_k": "self_attn.k_proj", "attn_v": "self_attn.v_proj", "attn_output": "self_attn.o_proj",
         "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj", "ffn_down": "mlp.down_proj"}
MODELS = {"untied": dict(architecture="llama", layers=1, untied=True),
          "biased": dict(architecture="qwen2", layers=1, biased=True),
          "split": dict(architecture="llama", layers=2, untied=True, parts=3)}
MERGES = [("r", "i"), ("v", "e"), ("ri", "ve"), ("rive", "r"), ("Ġ", "river"), ("a", "n"), ("an", "k")]
TEXTS = ["", "river bank", "a  river\nrivers", "Éve 1 river"]


def vocabulary() -> list[str]:
    """The bytes of the texts, and what is merged of them: the files are to stay small."""
    letters = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    used = {letter for text in TEXTS for piece, _ in letters.pre_tokenize_str(text) for letter in piece}
    return sorted(used) + ["".join(pair) for pair in MERGES]


def blocks(random: numpy.random.Generator, shape: tuple, kind: Type) -> numpy.ndarray:
    elements, size = gguf.GGML_QUANT_SIZES[kind]
    if kind not in HALVES:
        return gguf.quantize(random.normal(0, 0.2, shape).astype(numpy.float32), kind)
    data = random.integers(0, 256, (*shape[:-1], shape[-1] // elements, size), dtype=numpy.uint8)
    for place in HALVES[kind]:
        halves = random.uniform(0.0002, 0.002, data.shape[:-1]).astype(numpy.float16)
        data[..., place:place + 2] = halves[..., None].view(numpy.uint8)
    return data.reshape(*shape[:-1], -1)


def shapes(layers: int, untied: bool, biased: bool):
    """GGUF name, Hugging Face name, shape."""
    tokens, rows = len(vocabulary()), HEADS * HEAD_SIZE
    yield "token_embd.weight", "model.embed_tokens.weight", (tokens, HIDDEN)
    sizes = {"attn_norm": (HIDDEN,), "attn_q": (rows, HIDDEN), "attn_k": (HEAD_SIZE, HIDDEN),
             "attn_v": (HEAD_SIZE, HIDDEN), "attn_output": (HIDDEN, rows), "ffn_norm": (HIDDEN,),
             "ffn_gate": (INTERMEDIATE, HIDDEN), "ffn_up": (INTERMEDIATE, HIDDEN), "ffn_down": (HIDDEN, INTERMEDIATE)}
    for layer in range(layers):
        for name, shape in sizes.items():
            yield f"blk.{layer}.{name}.weight", f"model.layers.{layer}.{NAMES[name]}.weight", shape
            if biased and name in ("attn_q", "attn_k", "attn_v"):
                yield f"blk.{layer}.{name}.bias", f"model.layers.{layer}.{NAMES[name]}.bias", shape[:1]
    yield "output_norm.weight", "model.norm.weight", (HIDDEN,)
    if untied:
        yield "output.weight", "lm_head.weight", (tokens, HIDDEN)


def write(folder: pathlib.Path, name: str, architecture: str, layers: int, untied: bool = False, biased: bool = False,
          parts: int = 1) -> dict:
    random = numpy.random.default_rng(len(name))
    listed = list(shapes(layers, untied, biased))
    writer = gguf.GGUFWriter(folder / f"{name}.gguf", architecture,
                             split_max_tensors=-(-len(listed) // parts) if parts > 1 else 0)
    writer.add_block_count(layers)
    writer.add_context_length(64)
    writer.add_embedding_length(HIDDEN)
    writer.add_feed_forward_length(INTERMEDIATE)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(1)
    writer.add_key_length(HEAD_SIZE)
    writer.add_value_length(HEAD_SIZE)
    writer.add_rope_freq_base(500.0)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(vocabulary())
    writer.add_token_types([1] * len(vocabulary()))
    writer.add_token_merges([" ".join(pair) for pair in MERGES])
    expected = {}
    for stored, hugging_face, shape in listed:
        kind = TYPES.get(stored.split(".")[-2]) if len(shape) == 2 else Type.F32
        data = blocks(random, shape, kind) if kind != Type.F32 else random.normal(0.5, 0.2, shape).astype(numpy.float32)
        writer.add_tensor(stored, data, raw_dtype=kind)
        values = gguf.dequantize(data, kind).astype(numpy.float32).reshape(shape)
        if architecture == "llama" and (".attn_q." in stored or ".attn_k." in stored):
            values = unpermute(values, HEADS if ".attn_q." in stored else 1)
        expected[hugging_face] = {"type": kind.name, "shape": list(shape), "first": values.ravel()[:3].tolist(),
                                  "bits": fingerprint(numpy.ascontiguousarray(values).astype("<f4").tobytes())}
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    files = sorted(file.name for file in folder.glob(f"{name}*.gguf"))
    assert len(files) == parts, files
    return {"files": files, "untied": untied, "biased": biased, "tensors": expected}


def ids() -> list:
    """Of the texts, by tokenizers."""
    tokenizer = tokenizers.Tokenizer(tokenizers.models.BPE(vocab={t: i for i, t in enumerate(vocabulary())}, merges=MERGES))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    return [{"text": text, "ids": tokenizer.encode(text).ids} for text in TEXTS]


if __name__ == "__main__":
    target = pathlib.Path(sys.argv[1])
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    document = {name: write(target, name, **settings) for name, settings in MODELS.items()}
    (target / "expected.json").write_text(json.dumps({"models": document, "texts": ids()}, indent=1) + "\n")
    for file in sorted(target.iterdir()):
        print(file.name, file.stat().st_size, "bytes")
        assert file.stat().st_size <= 60_000, file
