#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/data/gguf: for every family that llama.cpp knows the GGUF file, in float32, that its own converter makes
of a tiny random model. The models are those of tests/data/families where the converter can take them; FIXED says what is
changed where it cannot, or where its files have no key for what the model does: such a model is saved beside its file.
There are no vocabularies. Needs torch, transformers, safetensors, and a checkout of llama.cpp (the source
package of llama-cpp-python has one, in vendor/).

    python make_gguf_fixtures.py LLAMA_CPP ../data/gguf [NAME...]
"""
import json
import logging
import pathlib
import shutil
import sys
import tempfile

import make_family_fixtures as families
import torch
import transformers

T = transformers
HEADS = dict(families.HEADS, hidden_size=30)
DIVIDED = families.DIVIDED
SMALL = dict(families.COMMON, hidden_size=16, intermediate_size=14, num_attention_heads=2, head_dim=8)
PATTERN = ["sliding_attention", "sliding_attention", "sliding_attention", "full_attention"]


def gpt2() -> transformers.PretrainedConfig:
    return T.GPT2Config(n_embd=16, n_layer=2, n_head=2, n_positions=64, n_ctx=64, vocab_size=families.VOCABULARY,
                        bos_token_id=1, eos_token_id=2)


def gpt_oss(**sizes) -> transformers.PretrainedConfig:
    rope = {key: value for key, value in families.YARN.items()}
    return transformers.GptOssConfig(**sizes, sliding_window=6, num_local_experts=3, num_experts_per_tok=2,
                                     rope_parameters=rope)


def granite_hybrid() -> transformers.PretrainedConfig:
    config = families.granite_hybrid()
    config.intermediate_size = config.shared_intermediate_size
    return config


def qwen3_5() -> transformers.PretrainedConfig:
    config = families.FAMILIES["qwen3_5-full"]()
    config.linear_value_head_dim = config.linear_key_head_dim
    return config


FIXED = {
    # Six layers, for the pattern of windows has no key; nor has an attention scale of its own.
    "gemma3": lambda: T.Gemma3TextConfig(
        **dict(SMALL, num_hidden_layers=7), sliding_window=5, query_pre_attn_scalar=8, rope_parameters={
            "full_attention": dict(rope_type="linear", factor=3.0, rope_theta=900.0),
            "sliding_attention": dict(rope_type="default", rope_theta=50.0)},
        layer_types=["sliding_attention"] * 5 + ["full_attention", "sliding_attention"]),
    # Heads of hidden / heads.
    "phi3": lambda: T.Phi3Config(**HEADS, sliding_window=7),
    # No RoPE base, key heads or width of the MLP of its own.
    "phi": lambda: T.PhiConfig(**dict(SMALL, num_key_value_heads=2, num_hidden_layers=2, intermediate_size=64), rope_parameters=dict(
        rope_type="default", rope_theta=10000.0, partial_rotary_factor=0.5)),
    # Each fourth layer without RoPE, no windows.
    "smollm3": lambda: T.SmolLM3Config(**dict(SMALL, num_hidden_layers=4), attention_bias=True, mlp_bias=True),
    # The converter knows layers of the kind "attention" only (below), and RoPE in all of them.
    "granitemoehybrid": granite_hybrid,
    # No biases, and windows in three of four layers.
    "cohere2": lambda: T.Cohere2Config(**dict(DIVIDED, num_hidden_layers=4), sliding_window=5, layer_types=PATTERN,
                                       logit_scale=0.3),
    # The converter holds on to the sizes of the released models.
    "hunyuan_v1_dense": lambda: T.HunYuanDenseV1Config(
        **dict(families.HEADS, max_position_embeddings=32768), attention_bias=True, rope_parameters=dict(
            rope_type="dynamic", rope_theta=10000.0, alpha=50.0, factor=1.0)),
    # The base of RoPE and windows have no key.
    "starcoder2": lambda: T.Starcoder2Config(**DIVIDED),
    "gpt_neox": lambda: T.GPTNeoXConfig(**{k: v for k, v in DIVIDED.items() if k != "num_key_value_heads"},
                                        rope_parameters=dict(rope_type="default", rope_theta=10000.0,
                                                             partial_rotary_factor=0.5)),
    "gpt_neox-serial": lambda: T.GPTNeoXConfig(**{k: v for k, v in DIVIDED.items() if k != "num_key_value_heads"},
                                               use_parallel_residual=False),
    # The rotated part is taken of hidden / heads.
    "nemotron": lambda: T.NemotronConfig(**HEADS, attention_bias=True, mlp_bias=True, partial_rotary_factor=0.6),
    "gpt2": gpt2,
    # Keys and values of its delta nets are of one size, attention without biases.
    "qwen3_5": qwen3_5,
    # Mixtures of experts: llama.cpp has experts in every layer, no windows but gpt-oss's, and numbers in its code.
    "qwen2_moe": lambda: T.Qwen2MoeConfig(**families.QWEN2_MOE, num_experts=5, num_experts_per_tok=3),
    "qwen3_moe": lambda: T.Qwen3MoeConfig(**families.QWEN3_MOE, num_experts=5, num_experts_per_tok=3,
                                          norm_topk_prob=True),
    "mixtral": lambda: T.MixtralConfig(**families.ROUTED, num_local_experts=5),
    # As many key heads as heads: llama.cpp has no other norm of the keys.
    "olmoe": lambda: T.OlmoeConfig(**dict(families.SMALL, num_key_value_heads=3), num_experts=5, num_experts_per_tok=3,
                                   rms_norm_eps=1e-5),
    "gpt_oss": lambda: gpt_oss(**dict(families.ROUTED, num_hidden_layers=3)),
    "gpt_oss-mxfp4": lambda: gpt_oss(**dict(families.ROUTED, hidden_size=32, intermediate_size=32,
                                            num_hidden_layers=2)),
}
# Without a GGUF of their own: the first families, which check_export_gguf.py has; llama.cpp has no ministral, no norms of
# phi's queries and keys, no biases of the attention in gemma4 and qwen3_5, and takes the text of a wrapper as it stands
# alone.
LEFT_OUT = {"llama3", "falcon3", "mistral-nemo", "mistral-window", "qwen2-tied", "qwen2-window", "qwen3-biased", "gemma1",
            "gemma2-capped", "ministral", "gemma3-wrapped", "phi-normed", "gemma4-unified", "gemma4-wrapped", "qwen3_5-full",
            "qwen3_5-wrapped", "granitemoehybrid-experts", *(name for name in families.FAMILIES if name.endswith("-fused"))}


def as_converter_knows_it(folder: pathlib.Path, name: str) -> None:
    """Keys that older versions of transformers wrote, which the converter asks for."""
    file = folder / "config.json"
    config = json.loads(file.read_text())
    if name.startswith("granitemoehybrid"):
        config["layer_types"] = ["attention"] * config["num_hidden_layers"]
    if name == "cohere2":
        config["rotary_pct"] = 1.0
    if name.startswith("gpt_neox"):
        config["rotary_pct"] = config["rope_parameters"]["partial_rotary_factor"]
    if name == "gpt2":
        config["n_ctx"] = config["n_positions"]
    file.write_text(json.dumps(config, indent=2) + "\n")


def save_model(name: str, folder: pathlib.Path) -> None:
    torch.manual_seed(1)
    model = T.AutoModelForCausalLM.from_config(FIXED[name](), attn_implementation="eager").float().eval()
    families.randomise(model)
    packed = families.pack_experts(model) if name.endswith("mxfp4") else {}
    model.save_pretrained(folder)
    if packed:
        families.store_packed(folder, packed)
    (folder / "generation_config.json").unlink(missing_ok=True)
    as_converter_knows_it(folder, name)


def convert(folder: pathlib.Path, file: pathlib.Path) -> None:
    """By llama.cpp's converter, but for the vocabulary."""
    import conversion
    import gguf

    # As the file says it: transformers 5 leaves older keys out.
    settings = json.loads((folder / "config.json").read_text())
    conversion.ModelBase.load_hparams = staticmethod(lambda *_, **__: dict(settings))
    model = conversion.get_model_class(settings["architectures"][0])
    for one in model.__mro__:
        if "set_vocab" in one.__dict__:
            one.set_vocab = lambda self: self.gguf_writer.add_tokenizer_model("none")
    # gemma3 counts the tokens.
    (folder / "tokenizer.json").write_text(json.dumps(
        {"model": {"vocab": {str(i): i for i in range(families.VOCABULARY)}}, "added_tokens": []}))
    # The layers that guess more than one token ahead, which these models lack.
    model.no_mtp = True
    with torch.inference_mode():
        model(folder, gguf.LlamaFileType.ALL_F32, file, eager=True, model_name="tiny").write()
    (folder / "tokenizer.json").unlink()


def main(llama_cpp: pathlib.Path, target: pathlib.Path, names: list[str]) -> None:
    sys.path[:0] = [str(llama_cpp), str(llama_cpp / "gguf-py")]
    torch.set_num_threads(1)
    logging.disable(logging.WARNING)
    for name in names or sorted({*families.FAMILIES, *FIXED} - LEFT_OUT):
        folder = target / name
        shutil.rmtree(folder, ignore_errors=True)
        if name in FIXED:
            save_model(name, folder)
            convert(folder, target / f"{name}.gguf")
        else:
            with tempfile.TemporaryDirectory() as scratch:
                shutil.copytree(target.parent / "families" / name, scratch, dirs_exist_ok=True)
                convert(pathlib.Path(scratch), target / f"{name}.gguf")
        files = [target / f"{name}.gguf", *folder.glob("*")]
        print(name, [file.stat().st_size for file in files], flush=True)
        assert max(file.stat().st_size for file in files) <= 60_000, name


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3:])
