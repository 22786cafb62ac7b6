#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares every tensor that this project reads from a GGUF file of the llama or qwen2 architecture with what the gguf
package makes of it, bit for bit. Needs gguf and numpy.

    python check_gguf.py BUILD_FOLDER/bin/hilo [MODEL.gguf...]

Without a model: the fixture with every type, those of K-quants (also their logits, in transformers; needs torch and
transformers), and SmolLM2.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

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


def reference(reader: gguf.GGUFReader, *other_parts: gguf.GGUFReader) -> dict[str, numpy.ndarray]:
    """other_parts: of a file that is split; the first part has the metadata."""
    architecture = reader.fields["general.architecture"].contents()
    heads = reader.fields[f"{architecture}.attention.head_count"].contents()
    key_value_heads = reader.fields[f"{architecture}.attention.head_count_kv"].contents()
    tensors = {}
    for tensor in [tensor for part in (reader, *other_parts) for tensor in part.tensors]:
        name = hugging_face_name(tensor.name)
        if name is None:
            continue
        values = gguf.dequantize(tensor.data, tensor.tensor_type)
        if architecture == "llama" and re.search(r"attn_[qk]\.", tensor.name):
            count = heads if "attn_q." in tensor.name else key_value_heads
            values = values.reshape(count, values.shape[0] // count // 2, 2, -1).swapaxes(1, 2).reshape(values.shape)
        tensors[name] = values
    return tensors


def parts_of(model: str) -> list[gguf.GGUFReader]:
    """Of a file that is split, all."""
    found = re.fullmatch(r"(.*)-00001-of-(\d{5})\.gguf", model)
    if not found:
        return [gguf.GGUFReader(model)]
    return [gguf.GGUFReader(f"{found[1]}-{part + 1:05}-of-{found[2]}.gguf") for part in range(int(found[2]))]


def check_logits(hilo: str, model: str) -> bool:
    """Against transformers' model with the gguf package's weights."""
    import adapters
    import torch
    import transformers

    parts = parts_of(model)
    fields = {key.split(".", 1)[1]: field.contents() for key, field in parts[0].fields.items() if "." in key}
    weights = {name: torch.tensor(value) for name, value in reference(*parts).items()}
    settings = dict(vocab_size=len(weights["model.embed_tokens.weight"]), hidden_size=fields["embedding_length"],
                    intermediate_size=fields["feed_forward_length"], num_hidden_layers=fields["block_count"],
                    num_attention_heads=fields["attention.head_count"],
                    num_key_value_heads=fields["attention.head_count_kv"], head_dim=fields["attention.key_length"],
                    rms_norm_eps=fields["attention.layer_norm_rms_epsilon"], max_position_embeddings=64,
                    tie_word_embeddings="lm_head.weight" not in weights, rope_parameters=dict(
                        rope_type="default", rope_theta=fields["rope.freq_base"]))
    kind = dict(llama="Llama", qwen2="Qwen2")[fields["architecture"]]
    theirs = getattr(transformers, kind + "ForCausalLM")(getattr(transformers, kind + "Config")(**settings)).eval()
    missing, unexpected = theirs.load_state_dict(weights, strict=False)
    tokens = [token % settings["vocab_size"] for token in adapters.TOKENS]
    with torch.no_grad(), tempfile.TemporaryDirectory() as scratch:
        expected = theirs(torch.tensor([tokens])).logits[0]
        difference = float((adapters.our_logits(hilo, model, None, pathlib.Path(scratch), tokens) - expected).abs().max())
    holds = difference <= 1e-4 and not unexpected and set(missing) <= {"lm_head.weight"}
    print(f"{'ok   ' if holds else 'WRONG'} {model}: logits in transformers, greatest difference {difference:.2e}")
    return holds


def compare(program: pathlib.Path, model: str) -> bool:
    expected = reference(*parts_of(model))
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
    k_quants = [str(smollm2.ROOT / "tests/data/k-quants" / name)
                for name in ("untied.gguf", "biased.gguf", "split-00001-of-00003.gguf")]
    tiny = str(smollm2.ROOT / "tests/data/formats/tiny-llama.gguf")
    chosen = models or (tiny, *k_quants, str(smollm2.path()))
    holds = [compare(program, model) for model in chosen]
    return 0 if all(holds + [check_logits(hilo, model) for model in k_quants if not models]) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
