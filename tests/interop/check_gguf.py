#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares every tensor that this project reads from a GGUF file of the llama architecture with what the gguf package
makes of it, bit for bit. Needs gguf and numpy.

    python check_gguf.py BUILD_FOLDER/bin/hilo [MODEL.gguf...]

Without a model: the fixture with every type, and SmolLM2.
"""
import json
import pathlib
import re
import subprocess
import sys

import gguf
import numpy
import smollm2

MODEL_NAMES = {"token_embd": "model.embed_tokens", "output_norm": "model.norm", "output": "lm_head"}
LAYER_NAMES = {"attn_norm": "input_layernorm", "ffn_norm": "post_attention_layernorm", "attn_q": "self_attn.q_proj",
               "attn_k": "self_attn.k_proj", "attn_v": "self_attn.v_proj", "attn_output": "self_attn.o_proj",
               "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj", "ffn_down": "mlp.down_proj"}


def hugging_face_name(name: str) -> str | None:
    stem, kind = name.rsplit(".", 1)
    layer = re.fullmatch(r"blk\.(\d+)\.(\w+)", stem)
    if layer:
        return f"model.layers.{layer[1]}.{LAYER_NAMES[layer[2]]}.{kind}"
    return f"{MODEL_NAMES[stem]}.{kind}" if stem in MODEL_NAMES else None


def reference(reader: gguf.GGUFReader) -> dict[str, numpy.ndarray]:
    architecture = reader.fields["general.architecture"].contents()
    heads = reader.fields[f"{architecture}.attention.head_count"].contents()
    key_value_heads = reader.fields[f"{architecture}.attention.head_count_kv"].contents()
    tensors = {}
    for tensor in reader.tensors:
        name = hugging_face_name(tensor.name)
        if name is None:
            continue
        values = gguf.dequantize(tensor.data, tensor.tensor_type)
        if architecture == "llama" and re.search(r"attn_[qk]\.", tensor.name):
            count = heads if "attn_q." in tensor.name else key_value_heads
            values = values.reshape(count, values.shape[0] // count // 2, 2, -1).swapaxes(1, 2).reshape(values.shape)
        tensors[name] = values
    return tensors


def compare(program: pathlib.Path, model: str) -> bool:
    expected = reference(gguf.GGUFReader(model))
    parameters = 0
    process = subprocess.Popen([program, model], stdout=subprocess.PIPE)
    while line := process.stdout.readline():
        tensor = json.loads(line)
        count = int(numpy.prod(tensor["shape"]))
        values = numpy.frombuffer(process.stdout.read(4 * count), dtype="<f4").reshape(tensor["shape"])
        other = expected.pop(tensor["name"])
        if values.shape != other.shape or not numpy.array_equal(values, other, equal_nan=True):
            print(f"WRONG {model}: {tensor['name']} differs, by at most {numpy.abs(values - other).max()}")
            process.kill()
            return False
        parameters += count
    if process.wait() != 0 or expected:
        print(f"WRONG {model}: not read: {sorted(expected)}")
        return False
    print(f"ok    {model}: {parameters:,} parameters are equal, bit for bit")
    return True


def main(hilo: str, *models: str) -> int:
    program = pathlib.Path(hilo).resolve().parent.parent / "tests/bin/dump_weights"
    chosen = models or (str(smollm2.ROOT / "tests/data/formats/tiny-llama.gguf"), str(smollm2.path()))
    return 0 if all([compare(program, model) for model in chosen]) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
