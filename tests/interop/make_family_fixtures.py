#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/data/families: a tiny random model of every family, with what transformers computes for it in float32: logits of a text that is longer than every window and original context,
of one that is shorter, and the gradients of a LoRA of peft on all linear modules of one layer, under the names that peft
gives them. Needs torch,
transformers, peft and safetensors.

    python make_family_fixtures.py ../data/families [NAME...]
"""
import copy
import json
import pathlib
import sys

import peft
import torch
import transformers
from safetensors.torch import save_file

VOCABULARY = 31
COMMON = dict(hidden_size=21, intermediate_size=18, num_hidden_layers=3, num_attention_heads=3, num_key_value_heads=1,
              vocab_size=VOCABULARY, max_position_embeddings=64, bos_token_id=1, eos_token_id=2, pad_token_id=0)
HEADS = dict(COMMON, head_dim=10)
DIVIDED = dict(COMMON, hidden_size=24)
YARN = dict(rope_type="yarn", rope_theta=500.0, factor=4.0, original_max_position_embeddings=8, beta_fast=8.0,
            beta_slow=1.0)
# Of mixtures of experts.
ROUTED = dict(HEADS, intermediate_size=5, head_dim=6)
QWEN3_MOE = dict(ROUTED, intermediate_size=18, moe_intermediate_size=5)
SMALL = dict(COMMON, hidden_size=18, intermediate_size=5)
GRANITE_MOE = dict(attention_multiplier=0.3, embedding_multiplier=3.0, residual_multiplier=0.4, logits_scaling=4.0,
                   num_local_experts=5, num_experts_per_tok=2)
# With an expert that every token passes.
QWEN2_MOE = dict(SMALL, intermediate_size=8, moe_intermediate_size=5, shared_expert_intermediate_size=7)
GRANITE_HYBRID = dict(SMALL, shared_intermediate_size=7, mamba_d_head=9)
# Limits that are reached, and a window that is shorter than the text.
GPT_OSS = dict(sliding_window=6, swiglu_alpha=1.3, swiglu_limit=0.5, num_experts_per_tok=2, rope_parameters=dict(
    YARN, truncate=False))
# Two key heads that serve three value heads each; rotations of 2 of 10 values.
QWEN3_5 = dict(HEADS, hidden_size=19, intermediate_size=11, linear_num_key_heads=2, linear_num_value_heads=6,
               linear_key_head_dim=3, linear_value_head_dim=4, linear_conv_kernel_dim=3)
WAVES = [1.0, 1.3, 2.1, 3.4]


def granite_hybrid(**settings) -> transformers.PretrainedConfig:
    dense = dict(shared_intermediate_size=18, num_local_experts=0, num_experts_per_tok=0)
    return transformers.GraniteMoeHybridConfig(**{
        **DIVIDED, "layer_types": ["full_attention"] * 3, "position_embedding_type": "rope",
        "attention_multiplier": 0.3, "embedding_multiplier": 3.0, "residual_multiplier": 0.4, "logits_scaling": 4.0,
        "tie_word_embeddings": True, "mamba_n_heads": 4, "mamba_d_head": 12, "mamba_expand": 2, **(settings or dense)})


def gemma3_wrapper() -> transformers.PretrainedConfig:
    text = dict(HEADS, sliding_window=5, sliding_window_pattern=3, query_pre_attn_scalar=17)
    vision = dict(hidden_size=4, intermediate_size=4, num_hidden_layers=1, num_attention_heads=2, image_size=8,
                  patch_size=4)
    return transformers.Gemma3Config(text_config=text, vision_config=vision, mm_tokens_per_image=4)


# Heads of full layers are larger, and two of their five pairs turn.
GEMMA4 = dict(HEADS, hidden_size=13, intermediate_size=9, num_attention_heads=4, num_key_value_heads=2, head_dim=6,
              global_head_dim=10, sliding_window=5, vocab_size_per_layer_input=VOCABULARY, rope_parameters={
                  "full_attention": dict(rope_type="proportional", partial_rotary_factor=0.5, rope_theta=300.0),
                  "sliding_attention": dict(rope_type="default", rope_theta=50.0)})


def layer_types(letters: str) -> list[str]:
    return ["sliding_attention" if letter == "s" else "full_attention" for letter in letters]


def gemma4_dense() -> transformers.PretrainedConfig:
    return transformers.Gemma4TextConfig(**dict(
        GEMMA4, hidden_size=17, intermediate_size=11, num_hidden_layers=4, layer_types=layer_types("sfsf"),
        hidden_size_per_layer_input=0, attention_k_eq_v=True, num_global_key_value_heads=1, final_logit_softcapping=4.0))


def gemma4_experts() -> transformers.PretrainedConfig:
    """As 26B-A4B: experts beside the MLP."""
    return transformers.Gemma4TextConfig(**dict(
        GEMMA4, hidden_size=14, intermediate_size=7, num_hidden_layers=3, layer_types=layer_types("sff"),
        hidden_size_per_layer_input=0, attention_k_eq_v=True, num_global_key_value_heads=1, enable_moe_block=True,
        num_experts=5, top_k_experts=2, moe_intermediate_size=5))


def gemma4_unified() -> transformers.PretrainedConfig:
    settings = {key: value for key, value in GEMMA4.items() if key != "vocab_size_per_layer_input"}
    return transformers.Gemma4UnifiedTextConfig(**dict(
        settings, layer_types=layer_types("sff"), attention_k_eq_v=True, attention_bias=True))


def gemma4_shared() -> transformers.PretrainedConfig:
    """As the E sizes: layer 1 makes keys and values for layer 3."""
    return transformers.Gemma4TextConfig(**dict(
        GEMMA4, num_hidden_layers=4, layer_types=layer_types("sfsf"), hidden_size_per_layer_input=5,
        num_kv_shared_layers=2, use_double_wide_mlp=True))


def gemma4_wrapper() -> transformers.PretrainedConfig:
    """Layer 1 attends to the keys and values of layer 0."""
    text = dict(GEMMA4, num_hidden_layers=2, layer_types=layer_types("ff"), hidden_size_per_layer_input=5,
                num_kv_shared_layers=1, use_double_wide_mlp=True, attention_k_eq_v=True, num_global_key_value_heads=2,
                final_logit_softcapping=4.0)
    vision = dict(hidden_size=8, intermediate_size=4, num_hidden_layers=1, num_attention_heads=2,
                  num_key_value_heads=2, head_dim=4, patch_size=2, position_embedding_size=4, pooling_kernel_size=2)
    return transformers.Gemma4Config(text_config=text, vision_config=vision)


def mistral3_wrapper() -> transformers.PretrainedConfig:
    text = transformers.Ministral3Config(**HEADS, rope_parameters=dict(
        YARN, mscale=1.0, mscale_all_dim=1.0, llama_4_scaling_beta=0.3), tie_word_embeddings=True)
    vision = dict(hidden_size=8, intermediate_size=8, num_hidden_layers=1, num_attention_heads=2, image_size=8,
                  patch_size=4, head_dim=4, model_type="pixtral")
    return transformers.Mistral3Config(text_config=text, vision_config=vision, tie_word_embeddings=True,
                                       spatial_merge_size=1)


def qwen3_5_wrapper() -> transformers.PretrainedConfig:
    text = dict(QWEN3_5, full_attention_interval=2, tie_word_embeddings=True)
    vision = dict(hidden_size=4, intermediate_size=4, depth=1, num_heads=2, in_channels=1, patch_size=2,
                  temporal_patch_size=1, spatial_merge_size=1, out_hidden_size=QWEN3_5["hidden_size"],
                  num_position_embeddings=4)
    return transformers.Qwen3_5Config(text_config=text, vision_config=vision, tie_word_embeddings=True)


T = transformers
LLAMA3 = dict(rope_type="llama3", rope_theta=500.0, factor=8.0, original_max_position_embeddings=8, low_freq_factor=1.0,
              high_freq_factor=4.0)
FAMILIES = {
    # The first families, whose logits make_model_fixtures.py has, in odd sizes; falcon3 and mistral-nemo are shapes of
    # llama and mistral.
    "llama3": lambda: T.LlamaConfig(**HEADS, attention_bias=True, mlp_bias=True, rope_parameters=LLAMA3),
    "falcon3": lambda: T.LlamaConfig(**dict(HEADS, hidden_size=18, head_dim=12), rope_parameters=dict(
        rope_type="default", rope_theta=1000042.0)),
    "mistral-nemo": lambda: T.MistralConfig(**HEADS, sliding_window=None, rope_parameters=dict(
        rope_type="default", rope_theta=1000000.0)),
    "mistral-window": lambda: T.MistralConfig(**HEADS, sliding_window=6),
    "qwen2-tied": lambda: T.Qwen2Config(**DIVIDED, tie_word_embeddings=True),
    "qwen2-window": lambda: T.Qwen2Config(**DIVIDED, use_sliding_window=True, sliding_window=6, max_window_layers=1),
    "qwen3-biased": lambda: T.Qwen3Config(**HEADS, attention_bias=True),
    "gemma1": lambda: T.GemmaConfig(**HEADS),
    "gemma2-capped": lambda: T.Gemma2Config(**HEADS, sliding_window=5, query_pre_attn_scalar=17,
                                            attn_logit_softcapping=5.0, final_logit_softcapping=3.0),
    "gemma3": lambda: T.Gemma3TextConfig(**HEADS, sliding_window=5, query_pre_attn_scalar=17, rope_parameters={
        "full_attention": dict(rope_type="linear", factor=3.0, rope_theta=900.0),
        "sliding_attention": dict(rope_type="default", rope_theta=50.0)},
        layer_types=["sliding_attention", "full_attention", "sliding_attention"]),
    "gemma3-wrapped": gemma3_wrapper,
    "gemma4": gemma4_dense,
    "gemma4-experts": gemma4_experts,
    "gemma4-shared": gemma4_shared,
    "gemma4-unified": gemma4_unified,
    "gemma4-wrapped": gemma4_wrapper,
    "phi3": lambda: T.Phi3Config(**HEADS, sliding_window=7),
    "phi3-longrope": lambda: T.Phi3Config(
        **dict(COMMON, hidden_size=30, intermediate_size=10, vocab_size=VOCABULARY), partial_rotary_factor=0.8,
        tie_word_embeddings=True, original_max_position_embeddings=12, rope_parameters=dict(
            rope_type="longrope", rope_theta=300.0, short_factor=WAVES, long_factor=[2 * wave for wave in WAVES])),
    "phi": lambda: T.PhiConfig(**dict(SMALL, intermediate_size=14, num_key_value_heads=3), rope_parameters=dict(
        rope_type="default", rope_theta=300.0, partial_rotary_factor=0.7)),
    "phi-normed": lambda: T.PhiConfig(**dict(SMALL, intermediate_size=14), qk_layernorm=True, rope_parameters=dict(
        rope_type="linear", factor=2.0, rope_theta=300.0, partial_rotary_factor=0.4)),
    "smollm3": lambda: T.SmolLM3Config(**HEADS, no_rope_layers=[1, 0, 1], use_sliding_window=True, sliding_window=6,
                                       attention_bias=True, mlp_bias=True),
    "olmo2": lambda: T.Olmo2Config(**DIVIDED, attention_bias=True),
    "olmo3": lambda: T.Olmo3Config(**DIVIDED, sliding_window=6, rope_parameters={
        "full_attention": dict(YARN, attention_factor=1.2),
        "sliding_attention": dict(rope_type="default", rope_theta=500.0)},
        layer_types=["sliding_attention", "full_attention", "sliding_attention"]),
    "granite": lambda: T.GraniteConfig(**DIVIDED, attention_multiplier=0.2, embedding_multiplier=3.0,
                                       residual_multiplier=0.4, logits_scaling=3.0, attention_bias=True, mlp_bias=True),
    "granitemoehybrid": granite_hybrid,
    "glm4": lambda: T.Glm4Config(**dict(HEADS, head_dim=12)),
    "ministral": lambda: T.MinistralConfig(**HEADS, sliding_window=6, layer_types=[
        "sliding_attention", "full_attention", "sliding_attention"]),
    "ministral3": lambda: T.Ministral3Config(**HEADS, rope_parameters=dict(
        YARN, mscale=1.0, mscale_all_dim=1.0, llama_4_scaling_beta=0.3)),
    "mistral3-wrapped": mistral3_wrapper,
    "exaone4": lambda: T.Exaone4Config(**DIVIDED, sliding_window=5, sliding_window_pattern=2),
    "cohere2": lambda: T.Cohere2Config(**DIVIDED, sliding_window=5, layer_types=[
        "sliding_attention", "full_attention", "sliding_attention"], logit_scale=0.3, attention_bias=True),
    "seed_oss": lambda: T.SeedOssConfig(**HEADS, attention_bias=True, attention_out_bias=True, mlp_bias=True),
    "ernie4_5": lambda: T.Ernie4_5Config(**HEADS, use_bias=True, tie_word_embeddings=True),
    "hunyuan_v1_dense": lambda: T.HunYuanDenseV1Config(**HEADS, attention_bias=True, rope_parameters=dict(
        rope_type="dynamic", rope_theta=200.0, alpha=50.0, factor=1.0)),
    "arcee": lambda: T.ArceeConfig(**HEADS, attention_bias=True, mlp_bias=True,
                                   rope_parameters=YARN),
    "apertus": lambda: T.ApertusConfig(**DIVIDED, attention_bias=True, rope_parameters=dict(
        rope_type="llama3", rope_theta=500.0, factor=8.0, original_max_position_embeddings=8, low_freq_factor=1.0,
        high_freq_factor=4.0)),
    "starcoder2": lambda: T.Starcoder2Config(**DIVIDED, sliding_window=6),
    "stablelm": lambda: T.StableLmConfig(**DIVIDED, use_qkv_bias=True, partial_rotary_factor=0.5),
    "stablelm-parallel": lambda: T.StableLmConfig(**DIVIDED, use_parallel_residual=True, partial_rotary_factor=0.25),
    "gpt_neox": lambda: T.GPTNeoXConfig(**{k: v for k, v in DIVIDED.items() if k != "num_key_value_heads"},
                                        rope_parameters=dict(rope_type="default", rope_theta=300.0,
                                                             partial_rotary_factor=0.5)),
    "gpt_neox-serial": lambda: T.GPTNeoXConfig(**{k: v for k, v in DIVIDED.items() if k != "num_key_value_heads"},
                                               use_parallel_residual=False, attention_bias=False),
    "qwen3_5": lambda: T.Qwen3_5TextConfig(**QWEN3_5, attention_bias=True, layer_types=[
        "linear_attention", "linear_attention", "full_attention"]),
    "qwen3_5-full": lambda: T.Qwen3_5TextConfig(**QWEN3_5, layer_types=[
        "linear_attention", "full_attention", "linear_attention"], rope_parameters=dict(
            rope_type="default", rope_theta=300.0, partial_rotary_factor=0.4, mrope_section=[1, 1, 0],
            mrope_interleaved=True)),
    "qwen3_5-wrapped": qwen3_5_wrapper,
    "qwen3_moe": lambda: T.Qwen3MoeConfig(**QWEN3_MOE, num_experts=5, num_experts_per_tok=3, norm_topk_prob=True,
                                          mlp_only_layers=[0], attention_bias=True),
    "qwen3_moe-dense": lambda: T.Qwen3MoeConfig(**QWEN3_MOE, num_experts=4, num_experts_per_tok=2, mlp_only_layers=[1]),
    "qwen3_moe-fused": lambda: T.Qwen3MoeConfig(**QWEN3_MOE, num_experts=5, num_experts_per_tok=2,
                                                decoder_sparse_step=2, use_sliding_window=True, sliding_window=6),
    "mixtral": lambda: T.MixtralConfig(**ROUTED, num_local_experts=5, sliding_window=6),
    "mixtral-fused": lambda: T.MixtralConfig(**ROUTED, num_local_experts=4, num_experts_per_tok=1),
    "olmoe": lambda: T.OlmoeConfig(**SMALL, num_experts=5, num_experts_per_tok=3, clip_qkv=0.8),
    "olmoe-fused": lambda: T.OlmoeConfig(**SMALL, num_experts=5, num_experts_per_tok=2,
                                         norm_topk_prob=True, attention_bias=True),
    "granitemoe": lambda: T.GraniteMoeConfig(**SMALL, **GRANITE_MOE, tie_word_embeddings=True),
    "granitemoe-fused": lambda: T.GraniteMoeConfig(**SMALL, **GRANITE_MOE, attention_bias=True),
    "qwen2_moe": lambda: T.Qwen2MoeConfig(
        **QWEN2_MOE, num_experts=5, num_experts_per_tok=3, mlp_only_layers=[0], use_sliding_window=True,
        sliding_window=6, max_window_layers=2),
    "qwen2_moe-fused": lambda: T.Qwen2MoeConfig(**QWEN2_MOE, num_experts=4, num_experts_per_tok=2, norm_topk_prob=True,
                                                decoder_sparse_step=2, qkv_bias=False),
    "qwen2_moe-dense": lambda: T.Qwen2MoeConfig(**QWEN2_MOE, num_experts=4, num_experts_per_tok=2,
                                                decoder_sparse_step=3, tie_word_embeddings=True),
    "granitemoeshared": lambda: T.GraniteMoeSharedConfig(**SMALL, **GRANITE_MOE, shared_intermediate_size=7,
                                                         tie_word_embeddings=True),
    "granitemoeshared-fused": lambda: T.GraniteMoeSharedConfig(**SMALL, **GRANITE_MOE, shared_intermediate_size=3,
                                                               attention_bias=True),
    "granitemoehybrid-experts": lambda: granite_hybrid(**GRANITE_HYBRID, num_local_experts=5, num_experts_per_tok=2),
    "granitemoehybrid-experts-fused": lambda: granite_hybrid(
        **GRANITE_HYBRID, num_local_experts=4, num_experts_per_tok=1, position_embedding_type=None),
    "gpt_oss": lambda: T.GptOssConfig(**ROUTED, **GPT_OSS, num_local_experts=5),
    "gpt_oss-mxfp4": lambda: T.GptOssConfig(
        **dict(ROUTED, hidden_size=32, intermediate_size=32, num_hidden_layers=2), **GPT_OSS, num_local_experts=3),
    "nemotron": lambda: T.NemotronConfig(**HEADS, attention_bias=True, mlp_bias=True, partial_rotary_factor=0.6),
}


# Chosen by transformers' own noise, not by this project's results: what a gated delta net gives is small beside the
# addends of its sums, and the norm behind it makes rounding large where they cancel. Of seeds 1 to 14 transformers'
# float32 is up to 2e-4 (logits) and 9e-3 (gradients of the LoRA) from its own float64 in these three models, which says
# nothing within 1e-4; with these seeds it is 9e-6 and 2e-6 at most.
SEEDS = {"qwen3_5": 8, "qwen3_5-full": 10, "qwen3_5-wrapped": 8}


def randomise(model: torch.nn.Module, seed: int = 7) -> None:
    """Every parameter away from its special value, so that a forgotten bias or norm shows."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for parameter in model.parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            if parameter.dim() == 1:
                parameter.add_(noise * 0.2)
            else:
                parameter.copy_(noise * 0.25)
        # Gemma4 multiplies the output of each layer by a number that is no parameter.
        for name, buffer in model.named_buffers():
            if name.endswith("layer_scalar"):
                buffer.add_(torch.randn(buffer.shape, generator=generator) * 0.2)


def pack_experts(model: torch.nn.Module) -> dict[str, torch.Tensor]:
    """Gives every expert random numbers that MXFP4 has; returns the blocks and scales that transformers decodes to
    them, by name."""
    from transformers.integrations.mxfp4 import convert_moe_packed_tensors
    generator = torch.Generator().manual_seed(5)
    packed = {}
    for name, parameter in model.named_parameters():
        if not name.endswith(("experts.gate_up_proj", "experts.down_proj")):
            continue
        experts, inner, out = parameter.shape
        blocks = torch.randint(0, 256, (experts, out, inner // 32, 16), generator=generator, dtype=torch.uint8)
        scales = torch.randint(122, 126, (experts, out, inner // 32), generator=generator, dtype=torch.uint8)
        with torch.no_grad():
            parameter.copy_(convert_moe_packed_tensors(blocks, scales, dtype=torch.float32))
        packed[name + "_blocks"], packed[name + "_scales"] = blocks, scales
    return packed


def store_packed(target: pathlib.Path, packed: dict[str, torch.Tensor]) -> None:
    """Writes the saved model again as OpenAI's checkpoints are: experts in MXFP4."""
    from safetensors.torch import load_file
    tensors = {name: tensor for name, tensor in load_file(target / "model.safetensors").items()
               if name + "_blocks" not in packed}
    save_file(tensors | packed, str(target / "model.safetensors"), metadata={"format": "pt"})
    config = json.loads((target / "config.json").read_text())
    config["quantization_config"] = {"quant_method": "mxfp4", "modules_to_not_convert": ["model.layers.*.self_attn",
                                                                                         "lm_head"]}
    (target / "config.json").write_text(json.dumps(config, indent=2) + "\n")


def text_layers(model: torch.nn.Module) -> tuple[str, torch.nn.Module]:
    """Name and module of the text model's second layer."""
    for name, module in model.named_modules():
        if name.endswith("layers.1") and "vision" not in name:
            return name, module
    raise SystemExit("no layers found")


def causal_path(model: torch.nn.Module, path: str) -> str:
    """As the class that AutoModelForCausalLM makes of the folder calls the module: of some wrappers it takes the text model
    alone."""
    classes = transformers.AutoModelForCausalLM._model_mapping
    kind = type(model.config)
    return path.replace("language_model.", "") if kind in classes and classes[kind].config_class is not kind else path


def lora_gradients(model: torch.nn.Module, tokens: torch.Tensor) -> dict[str, torch.Tensor]:
    """Of the mean cross-entropy, for a LoRA of rank 1 on every linear module of layer 1, but for those of gemma4's
    per-layer inputs."""
    prefix, layer = text_layers(model)
    # Not what chooses and weighs experts.
    targets = [f"{prefix}.{name}" for name, module in layer.named_modules()
               if isinstance(module, torch.nn.Linear) and not name.startswith(("per_layer", "router"))
               and not name.endswith("shared_expert_gate")]
    # Of qwen3_moe peft takes a module of these names for the experts' parameters; by its weight it finds a dense layer's.
    dense = [name for name in targets if model.config.model_type == "qwen3_moe" and ".mlp." in name]
    adapted = peft.get_peft_model(copy.deepcopy(model), peft.LoraConfig(
        r=1, lora_alpha=1, target_modules=[name for name in targets if name not in dense],
        target_parameters=[name + ".weight" for name in dense] or None, lora_dropout=0.0))
    generator = torch.Generator().manual_seed(11)
    tensors = {}
    parameters = {name: p for name, p in adapted.named_parameters() if p.requires_grad}
    assert len(parameters) == 2 * len(targets), (len(parameters), targets)
    with torch.no_grad():
        for parameter in parameters.values():
            parameter.copy_(torch.randn(parameter.shape, generator=generator) * 0.3)
    logits = adapted(input_ids=tokens, attention_mask=torch.ones_like(tokens)).logits[0]
    torch.nn.functional.cross_entropy(logits[:-1], tokens[0, 1:]).backward()
    for name, parameter in parameters.items():
        path = causal_path(model, name.removeprefix("base_model.model.").replace(".default.weight", ""))
        tensors["lora." + path] = parameter.detach().clone()
        tensors["gradient." + path] = parameter.grad.clone()
    return tensors


def write(name: str, target: pathlib.Path) -> None:
    config = FAMILIES[name]()
    torch.manual_seed(1)
    auto = transformers.AutoModelForImageTextToText if name.endswith("wrapped") else transformers.AutoModelForCausalLM
    model = auto.from_config(config, attn_implementation="eager", experts_implementation="eager").float().eval()
    randomise(model, SEEDS.get(name, 7))
    packed = pack_experts(model) if name.endswith("mxfp4") else {}
    tokens = torch.randint(3, VOCABULARY, (1, 23), generator=torch.Generator().manual_seed(3))
    short = tokens[:, 9:14]
    with torch.no_grad():
        expected = {"tokens": tokens[0], "short_tokens": short[0].clone()}
        for key, text in (("short_logits", short), ("logits", tokens)):
            expected[key] = model(input_ids=text, attention_mask=torch.ones_like(text)).logits[0].contiguous()
    expected.update(lora_gradients(model, tokens))
    # "fused": as transformers 5 keeps the experts of a layer, in two tensors.
    model.save_pretrained(target, save_original_format=not name.endswith("fused"))
    if packed:
        store_packed(target, packed)
    (target / "generation_config.json").unlink(missing_ok=True)
    save_file(expected, str(target / "expected.safetensors"))
    size = sum(file.stat().st_size for file in target.iterdir())
    print(f"{name:20} {size:6} bytes, logits up to {float(expected['logits'].abs().max()):.3g}", flush=True)
    assert size <= 60_000, name


def main(folder: pathlib.Path, names: list[str]) -> None:
    torch.set_num_threads(1)
    for name in names or FAMILIES:
        write(name, folder / name)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), sys.argv[2:])
