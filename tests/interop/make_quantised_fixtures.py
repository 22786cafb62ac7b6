#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/data/quantised: tiny random models whose weights other tools made into codes, and what those tools make
of the codes: the bits of every weight in float32 (as a hash) and the logits of the dequantised model in float32.

bitsandbytes and compressed-tensors write their checkpoints themselves; the codes of GPTQ are packed and unpacked by
AutoGPTQ's qlinear_cuda.py, those of AWQ unpacked by AutoAWQ's packing_utils.py, fp8 and mxfp4 by transformers. Needs
torch, transformers, safetensors, bitsandbytes, compressed-tensors, accelerate, and checkouts of AutoGPTQ
(github.com/AutoGPTQ/AutoGPTQ, 9f7d370) and AutoAWQ (github.com/casper-hansen/AutoAWQ, 88e4c76).

    python make_quantised_fixtures.py ../data/quantised AUTOGPTQ AUTOAWQ [NAME...]
"""
import contextlib
import importlib.util
import json
import os
import pathlib
import sys
import tempfile

os.environ["TORCHDYNAMO_DISABLE"] = "1"

import bitsandbytes
import numpy as np
import torch
import transformers
from bitsandbytes.backends.default.ops import _dequantize_4bit_compute
from bitsandbytes.backends.utils import _get_4bit_code
from compressed_tensors.compressors import (FloatQuantizationCompressor, IntQuantizationCompressor,
                                            PackedQuantizationCompressor)
from compressed_tensors.quantization import QuantizationArgs, QuantizationScheme
from compressed_tensors.quantization.utils import calculate_qparams
from safetensors.torch import save_file
from transformers.integrations.finegrained_fp8 import Fp8Dequantize, Fp8Quantize
from transformers.integrations.mxfp4 import convert_moe_packed_tensors

VOCABULARY = 31
TOKENS = torch.randint(3, VOCABULARY, (1, 13), generator=torch.Generator().manual_seed(3))
SOURCES = {}


def plain_model(dtype: torch.dtype, family: str = "llama") -> transformers.PreTrainedModel:
    torch.manual_seed(5)
    if family == "gpt2":
        config = transformers.GPT2Config(n_embd=32, n_layer=1, n_head=2, n_positions=32, vocab_size=VOCABULARY,
                                         bos_token_id=1, eos_token_id=2)
    else:
        config = transformers.LlamaConfig(hidden_size=32, intermediate_size=64, num_hidden_layers=1,
                                          num_attention_heads=2, num_key_value_heads=1, head_dim=32,
                                          vocab_size=VOCABULARY, max_position_embeddings=64, bos_token_id=1,
                                          eos_token_id=2, pad_token_id=0)
    model = transformers.AutoModelForCausalLM.from_config(config, attn_implementation="eager").float().eval()
    generator = torch.Generator().manual_seed(7)
    with torch.no_grad():
        for parameter in model.parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            if parameter.dim() == 1:
                parameter.add_(noise * 0.2)
            else:
                parameter.copy_(noise * 0.2)
    return model.to(dtype)


def linear_names(model: torch.nn.Module) -> list[str]:
    kinds = (torch.nn.Linear, transformers.pytorch_utils.Conv1D)
    return [name for name, module in model.named_modules() if isinstance(module, kinds) and name != "lm_head"]


def hash_of(weight: torch.Tensor) -> str:
    """FNV-1a over the bytes of the float32 values."""
    value = 0xCBF29CE484222325
    for byte in weight.detach().float().contiguous().numpy().astype("<f4").tobytes():
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return f"{value:016x}"


def finish(target: pathlib.Path, model: transformers.PreTrainedModel, weights: dict[str, torch.Tensor]) -> None:
    """model: the plain one; weights: what the codes stand for, by parameter."""
    rounded = model.state_dict()
    # A new one: rotary frequencies are not of the dtype of the weights.
    model = type(model)._from_config(model.config, attn_implementation="eager", dtype=torch.float32).eval()
    model.load_state_dict(rounded)
    missing = model.load_state_dict({name: weight.float() for name, weight in weights.items()}, strict=False)
    assert not missing.unexpected_keys, missing.unexpected_keys
    with torch.no_grad():
        logits = model(input_ids=TOKENS, attention_mask=torch.ones_like(TOKENS)).logits[0]
    expected = {"weights": {name: hash_of(weight) for name, weight in sorted(weights.items())},
                "tokens": TOKENS[0].tolist(), "logits": [[float(f"{x:.8g}") for x in row] for row in logits.tolist()]}
    (target / "expected.json").write_text(json.dumps(expected) + "\n")
    (target / "generation_config.json").unlink(missing_ok=True)
    size = sum(file.stat().st_size for file in target.iterdir())
    print(f"{target.name:20} {size:6} bytes, logits up to {float(logits.abs().max()):.3g}", flush=True)
    assert size <= 60_000, target.name


def save(target: pathlib.Path, model: transformers.PreTrainedModel, tensors: dict[str, torch.Tensor],
         description: dict) -> None:
    """The model with tensors in the place of its linear weights."""
    kept = {name: value for name, value in model.state_dict().items()
            if name.removesuffix(".weight") not in linear_names(model)}
    if model.config.tie_word_embeddings:
        kept.pop("lm_head.weight", None)
    target.mkdir(parents=True, exist_ok=True)
    save_file({name: value.contiguous().clone() for name, value in {**kept, **tensors}.items()},
              str(target / "model.safetensors"), {"format": "pt"})
    config = model.config.to_dict()
    config["quantization_config"] = description
    config["architectures"] = [type(model).__name__]
    config["dtype"] = str(next(model.parameters()).dtype).removeprefix("torch.")
    (target / "config.json").write_text(json.dumps(config, indent=2, default=str) + "\n")


def four_bits(weight: bitsandbytes.nn.Params4bit) -> torch.Tensor:
    """By the implementation for all devices: the CPU's own (0.50.2) takes wrong scales for columns that are no multiple
    of the block, as dequantize_4bit(quantize_4bit(w)) shows."""
    state = weight.quant_state
    scales = state.absmax
    if state.nested:
        scales = bitsandbytes.functional.dequantize_blockwise(state.absmax, state.state2) + state.offset
    return _dequantize_4bit_compute(weight.data.contiguous().view(torch.uint8).reshape(-1), scales,
                                    _get_4bit_code(state.quant_type, weight.device), state.blocksize, state.shape,
                                    state.dtype)


def bits_and_bytes(target: pathlib.Path, family: str = "llama", dtype: torch.dtype = torch.bfloat16, **settings) -> None:
    with tempfile.TemporaryDirectory() as folder:
        plain_model(dtype, family).save_pretrained(folder)
        model = transformers.AutoModelForCausalLM.from_pretrained(
            folder, quantization_config=transformers.BitsAndBytesConfig(**settings), device_map="cpu", dtype=dtype)
    model.save_pretrained(target)
    weights = {}
    for name, module in model.named_modules():
        if isinstance(module, bitsandbytes.nn.Linear4bit):
            weight = four_bits(module.weight)
        elif isinstance(module, bitsandbytes.nn.Linear8bitLt):
            weight = bitsandbytes.functional.int8_vectorwise_dequant(module.weight.data, module.weight.SCB)
        else:
            continue
        weights[name + ".weight"] = weight.float().t().contiguous() if family == "gpt2" else weight.float()
    assert weights
    finish(target, plain_model(dtype, family), weights)


def reference(repository: str, path: str):
    """A module of a checkout, alone."""
    spec = importlib.util.spec_from_file_location(pathlib.Path(path).stem, SOURCES[repository] / path)
    module = importlib.util.module_from_spec(spec)
    with contextlib.redirect_stderr(None):
        spec.loader.exec_module(module)
    return module


def grouped_scales(weight: torch.Tensor, groups: torch.Tensor, bits: int, symmetric: bool):
    """Scales and zeros [out, groups]; zeros from 1, which all versions of AutoGPTQ store alike."""
    count = int(groups.max()) + 1
    most = 2**bits - 1
    scales = torch.zeros(weight.shape[0], count)
    zeros = torch.zeros(weight.shape[0], count)
    for group in range(count):
        part = weight[:, groups == group].float()
        low, high = part.min(1).values.clamp(max=0), part.max(1).values.clamp(min=0)
        if symmetric:
            high = torch.maximum(high, -low)
            low = -high
        scales[:, group] = (high - low) / most
        zeros[:, group] = ((most + 1) // 2) if symmetric else (-low / scales[:, group]).round().clamp(1, most)
    return scales, zeros


def gptq(target: pathlib.Path, bits: int, group_size: int, symmetric: bool = True, act_order: bool = False,
         version: str = "gptq") -> None:
    linear = reference("AutoGPTQ", "auto_gptq/nn_modules/qlinear/qlinear_cuda.py").QuantLinear
    model = plain_model(torch.float16)
    tensors, weights = {}, {}
    for name in linear_names(model):
        module = model.get_submodule(name)
        columns = module.in_features
        size = columns if group_size == -1 else group_size
        groups = torch.arange(columns) // size
        if act_order:
            groups = groups[torch.randperm(columns, generator=torch.Generator().manual_seed(columns))]
        groups = groups.to(torch.int32)
        scales, zeros = grouped_scales(module.weight.data, groups, bits, symmetric)
        packed = linear(bits, group_size, columns, module.out_features, False)
        source = torch.nn.Linear(columns, module.out_features, bias=False)
        # Within the codes, whatever the rounding of the scales to halves does.
        halves = scales.half().float()
        least, most = -zeros[:, groups] * halves[:, groups], (2**bits - 1 - zeros[:, groups]) * halves[:, groups]
        source.weight.data = torch.minimum(torch.maximum(module.weight.data.float(), least), most)
        packed.pack(source, halves, zeros, groups)
        packed.scales = packed.scales.half()
        weight = packed(torch.eye(columns, dtype=torch.float16)).t()
        if version == "gptq_v2":
            # Zeros as they are, not less one.
            packed.qzeros = torch.from_numpy(packed.qzeros.numpy().view(np.uint32) +
                                             np.uint32(0xFFFFFFFF // (2**bits - 1))).view(torch.int32)
        for part in ("qweight", "qzeros", "scales", "g_idx"):
            tensors[f"{name}.{part}"] = getattr(packed, part)
        weights[name + ".weight"] = weight.float()
    save(target, model, tensors, {"quant_method": "gptq", "bits": bits, "group_size": group_size,
                                  "desc_act": act_order, "sym": symmetric, "checkpoint_format": version,
                                  "damp_percent": 0.01, "true_sequential": True, "static_groups": False,
                                  "lm_head": False, "model_name_or_path": None, "meta": {"quantizer": "gptqmodel:1"}})
    finish(target, model, weights)


def awq(target: pathlib.Path) -> None:
    unpack = reference("AutoAWQ", "awq/utils/packing_utils.py").dequantize_gemm
    model = plain_model(torch.float16)
    size = 16
    order = [0, 2, 4, 6, 1, 3, 5, 7]
    tensors, weights = {}, {}

    def packed(codes: torch.Tensor) -> torch.Tensor:
        """Eight columns in a word; as WQLinear_GEMM.from_linear has them."""
        words = torch.zeros(codes.shape[0], codes.shape[1] // 8, dtype=torch.int64)
        for place, column in enumerate(order):
            words |= codes[:, column::8].long() << 4 * place
        return words.to(torch.int32) if int(words.max()) < 2**31 else torch.from_numpy(
            words.numpy().astype(np.uint32).view(np.int32))

    for name in linear_names(model):
        weight = model.get_submodule(name).weight.data.float()
        groups = torch.arange(weight.shape[1]) // size
        scales, zeros = grouped_scales(weight, groups, 4, False)
        scales = scales.half()
        codes = (weight / scales.float()[:, groups] + zeros[:, groups]).round().clamp(0, 15)
        parts = {"qweight": packed(codes.t()), "qzeros": packed(zeros.t()), "scales": scales.t().contiguous()}
        tensors.update({f"{name}.{part}": value for part, value in parts.items()})
        weights[name + ".weight"] = unpack(parts["qweight"], parts["qzeros"], parts["scales"], 4, size).t().float()
    save(target, model, tensors, {"quant_method": "awq", "bits": 4, "group_size": size, "zero_point": True,
                                  "version": "gemm", "modules_to_not_convert": None})
    finish(target, model, weights)


def compressed(target: pathlib.Path, compressor, format_name: str, dtype: torch.dtype = torch.bfloat16,
               activations: dict | None = None, **settings) -> None:
    args = QuantizationArgs(**settings)
    scheme = QuantizationScheme(targets=["Linear"], weights=args,
                                input_activations=QuantizationArgs(**activations) if activations else None)
    model = plain_model(dtype)
    tensors, weights = {}, {}
    for name in linear_names(model):
        weight = model.get_submodule(name).weight.data
        rows, columns = weight.shape
        tiles = {"tensor": (rows, columns), "channel": (1, columns), "group": (1, args.group_size or 1),
                 "block": tuple(args.block_structure or (1, 1))}[args.strategy]
        grid = (-(-rows // tiles[0]), -(-columns // tiles[1]))
        least, most = torch.zeros(grid), torch.zeros(grid)
        for i in range(grid[0]):
            for j in range(grid[1]):
                part = weight[i * tiles[0]:(i + 1) * tiles[0], j * tiles[1]:(j + 1) * tiles[1]]
                least[i, j], most[i, j] = part.min(), part.max()
        if args.strategy == "tensor":
            least, most = least.reshape(1), most.reshape(1)
        scales, zeros = calculate_qparams(least, most, args)
        state = {"weight": weight, "weight_scale": scales.to(dtype)}
        if not args.symmetric:
            state["weight_zero_point"] = zeros
        stored = compressor.compress(state, scheme)
        tensors.update({f"{name}.{part}": value for part, value in stored.items()})
        weights[name + ".weight"] = compressor.decompress(stored, scheme)["weight"].float()
    save(target, model, tensors, {
        "quant_method": "compressed-tensors", "format": format_name, "quantization_status": "compressed",
        "config_groups": {"group_0": json.loads(scheme.model_dump_json())}, "ignore": ["lm_head"],
        "kv_cache_scheme": None, "global_compression_ratio": None, "sparsity_config": {}, "transform_config": {},
        "version": "0.20.1"})
    finish(target, model, weights)


class Settings:
    """What transformers' operations ask of a quantiser."""

    def __init__(self, block_size: tuple[int, int], scale_format: str) -> None:
        self.quantization_config = self
        self.weight_block_size = block_size
        self.scale_fmt = scale_format


def fp8(target: pathlib.Path, scale_format: str = "float") -> None:
    settings = Settings((16, 32), scale_format)
    model = plain_model(torch.bfloat16)
    tensors, weights = {}, {}
    for name in linear_names(model):
        key = name + ".weight"
        stored = Fp8Quantize(settings).convert({key: model.get_submodule(name).weight.data})
        tensors.update(stored)
        weights[key] = Fp8Dequantize(settings)._dequantize_one(stored[key], stored[key + "_scale_inv"], torch.float32)
    save(target, model, tensors, {"quant_method": "fp8", "activation_scheme": "dynamic", "fmt": "e4m3",
                                  "weight_block_size": [16, 32], "scale_fmt": scale_format,
                                  "modules_to_not_convert": ["lm_head"]})
    finish(target, model, weights)


def mxfp4(target: pathlib.Path) -> None:
    """gpt_oss with two experts."""
    torch.manual_seed(5)
    config = transformers.GptOssConfig(
        hidden_size=32, intermediate_size=32, num_hidden_layers=2, num_attention_heads=2, num_key_value_heads=1,
        head_dim=16, vocab_size=VOCABULARY, max_position_embeddings=64, num_local_experts=2, num_experts_per_tok=1,
        sliding_window=8, layer_types=["sliding_attention", "full_attention"], bos_token_id=1, eos_token_id=2,
        pad_token_id=0, rope_parameters=dict(rope_type="default", rope_theta=500.0))
    model = transformers.GptOssForCausalLM._from_config(config, attn_implementation="eager").float().eval()
    generator = torch.Generator().manual_seed(7)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(torch.randn(parameter.shape, generator=generator) * 0.2 + (parameter.dim() == 1))
    model = model.to(torch.bfloat16)
    tensors, weights = {}, {}
    for name, parameter in model.named_parameters():
        if not name.endswith(("gate_up_proj", "down_proj")):
            continue
        experts, rows, columns = parameter.shape
        blocks = torch.randint(0, 256, (experts, columns, rows // 32, 16), generator=generator, dtype=torch.uint8)
        scales = torch.randint(121, 126, (experts, columns, rows // 32), generator=generator, dtype=torch.uint8)
        tensors[name + "_blocks"], tensors[name + "_scales"] = blocks, scales
        weights[name] = convert_moe_packed_tensors(blocks, scales, dtype=torch.float32)
    kept = {name: value for name, value in model.state_dict().items() if name not in weights}
    target.mkdir(parents=True, exist_ok=True)
    save_file({name: value.contiguous().clone() for name, value in {**kept, **tensors}.items()},
              str(target / "model.safetensors"), {"format": "pt"})
    settings = config.to_dict()
    settings.update(quantization_config={"quant_method": "mxfp4", "modules_to_not_convert": [
        "model.layers.*.self_attn", "model.layers.*.mlp.router", "model.embed_tokens", "lm_head"]},
        architectures=["GptOssForCausalLM"], dtype="bfloat16")
    (target / "config.json").write_text(json.dumps(settings, indent=2, default=str) + "\n")
    finish(target, model, weights)


GROUPED = dict(num_bits=4, type="int", strategy="group", group_size=16)
TOKEN = dict(num_bits=8, type="int", strategy="token", dynamic=True)
FIXTURES = {
    "bnb-nf4": lambda t: bits_and_bytes(t, load_in_4bit=True, bnb_4bit_quant_type="nf4"),
    "bnb-nf4-double": lambda t: bits_and_bytes(t, load_in_4bit=True, bnb_4bit_quant_type="nf4",
                                               bnb_4bit_use_double_quant=True,
                                               bnb_4bit_quant_storage=torch.bfloat16),
    "bnb-fp4": lambda t: bits_and_bytes(t, dtype=torch.float32, load_in_4bit=True, bnb_4bit_quant_type="fp4"),
    "bnb-int8": lambda t: bits_and_bytes(t, dtype=torch.float16, load_in_8bit=True),
    "bnb-gpt2": lambda t: bits_and_bytes(t, "gpt2", torch.float16, load_in_4bit=True, bnb_4bit_quant_type="nf4"),
    "gptq-4": lambda t: gptq(t, 4, 16),
    "gptq-4-act-order": lambda t: gptq(t, 4, 16, symmetric=False, act_order=True),
    "gptq-4-v2": lambda t: gptq(t, 4, -1, symmetric=False, version="gptq_v2"),
    "gptq-2": lambda t: gptq(t, 2, 16, symmetric=False),
    "gptq-3": lambda t: gptq(t, 3, 32),
    "gptq-8": lambda t: gptq(t, 8, -1),
    "awq": awq,
    "ct-pack-4": lambda t: compressed(t, PackedQuantizationCompressor, "pack-quantized", **GROUPED),
    "ct-pack-4-zeros": lambda t: compressed(t, PackedQuantizationCompressor, "pack-quantized", torch.float16,
                                            **GROUPED, symmetric=False),
    "ct-pack-8": lambda t: compressed(t, PackedQuantizationCompressor, "pack-quantized", num_bits=8, type="int",
                                      strategy="channel"),
    "ct-int8": lambda t: compressed(t, IntQuantizationCompressor, "int-quantized", activations=TOKEN, num_bits=8,
                                    type="int", strategy="channel"),
    "ct-fp8-tensor": lambda t: compressed(t, FloatQuantizationCompressor, "float-quantized", activations=dict(
        TOKEN, type="float"), num_bits=8, type="float", strategy="tensor"),
    "ct-fp8-tiles": lambda t: compressed(t, FloatQuantizationCompressor, "float-quantized", torch.float32,
                                         activations=dict(TOKEN, type="float"), num_bits=8, type="float",
                                         strategy="block", block_structure=[16, 32]),
    "fp8": fp8,
    "fp8-ue8m0": lambda t: fp8(t, "ue8m0"),
    "mxfp4": mxfp4,
}


def main(folder: pathlib.Path, gptq_folder: pathlib.Path, awq_folder: pathlib.Path, names: list[str]) -> None:
    torch.set_num_threads(1)
    SOURCES.update(AutoGPTQ=gptq_folder, AutoAWQ=awq_folder)
    for name in names or FIXTURES:
        FIXTURES[name](folder / name)


if __name__ == "__main__":
    main(*map(pathlib.Path, sys.argv[1:4]), sys.argv[4:])
