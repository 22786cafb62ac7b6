#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""GGUF files of tiny models: the gguf package reads every tensor of a merged model as this project computes it, and
llama.cpp gives our probabilities of the next token for merged models and for LoRA adapters on the base model. Smaller
types: every tensor is, bit for bit, what the gguf package makes of the float32 file's, and transformers computes our
logits from the decoded weights; llama.cpp rounds what it multiplies them with too, so its own are told, not judged.
Needs torch, transformers, safetensors, gguf and xllamacpp.

    python check_export_gguf.py BUILD_FOLDER/bin/hilo [MODEL...]    MODEL: of tests/data/models, or a mixture of experts
                                                                   or a model whose layers differ of tests/data/gguf or
                                                                   families; all by default
"""
import pathlib
import shutil
import sys
import tempfile

import adapters
import gguf
import llama_cpp
import numpy
import torch
import transformers
from check_export_peft import varied
from check_gguf import LAYER_NAMES, reference
from safetensors.torch import load_file

LAYER_NAMES.update(attn_q_norm="self_attn.q_norm", attn_k_norm="self_attn.k_norm")


def nothing(layer: int, name: str):
    return {"ranks": [1], "top_k": 1, "alpha": 1} if layer == 0 and name in ("v_proj", "out_proj") else None


def base_gguf(hilo: str, model: pathlib.Path, scratch: pathlib.Path) -> pathlib.Path:
    """The base model as GGUF: merged with an adapter whose numbers are all zero."""
    adapters.write_adapter(scratch / "zero", model, nothing, scale=0)
    adapters.export(hilo, scratch / "zero", model, "merged-gguf", scratch / "base", "--type", "float32")
    return scratch / "base/model.gguf"


def check_tensors(report: adapters.Report, what: str, file: pathlib.Path, folder: pathlib.Path) -> None:
    """file against the merged Hugging Face folder of the same adapter."""
    theirs, ours = values_of(file, what), load_file(str(folder / "model.safetensors"))
    worst = max(float(numpy.abs(value - ours.pop(name).numpy()).max()) for name, value in theirs.items())
    report.true(f"{what}: {len(theirs)} tensors as the gguf package reads them, greatest difference {worst:.1e}, "
                f"left over: {sorted(ours)}", worst < 1e-6 and not ours)


def values_of(file: pathlib.Path, what: str) -> dict:
    """The decoded tensors as a Hugging Face model holds them."""
    values = reference(gguf.GGUFReader(str(file)))
    if "gemma" in what:
        values.update({name: value - numpy.float32(1) for name, value in values.items() if name.endswith("norm.weight")})
    return values


def check_rounding(report: adapters.Report, what: str, whole: pathlib.Path, file: pathlib.Path) -> None:
    """file against the gguf package's own rounding of the float32 file's tensors."""
    exact = {tensor.name: tensor for tensor in gguf.GGUFReader(str(whole)).tensors}
    wrong = []
    for tensor in gguf.GGUFReader(str(file)).tensors:
        values = gguf.dequantize(exact.pop(tensor.name).data, gguf.GGMLQuantizationType.F32)
        # float16 has a type of its own in the reader's arrays.
        theirs = gguf.quantize(values, tensor.tensor_type).view(numpy.uint8)
        if not numpy.array_equal(theirs.ravel(), tensor.data.view(numpy.uint8).ravel()):
            wrong.append(tensor.name)
    report.true(f"{what}: every tensor as the gguf package rounds it{f', but {wrong}' if wrong else ''}",
                not wrong and not exact)


def check_in_transformers(report: adapters.Report, hilo: str, what: str, model: pathlib.Path, file: pathlib.Path,
                          scratch: pathlib.Path) -> None:
    loaded = transformers.AutoModelForCausalLM.from_pretrained(model, dtype=torch.float32, attn_implementation="eager")
    values = {name: torch.tensor(value) for name, value in values_of(file, what).items()}
    missing, unexpected = loaded.load_state_dict(values, strict=False)
    left = [name for name in missing if name != "lm_head.weight"] + unexpected
    report.true(f"{what}: transformers' model takes the decoded tensors, left over: {left}", not left)
    loaded.tie_weights()
    with torch.no_grad():
        theirs = loaded.eval()(torch.tensor([adapters.TOKENS])).logits[0]
    report.near(f"{what}, in transformers", theirs, adapters.our_logits(hilo, file, None, scratch), 1e-3)


class HalfGelu(torch.nn.Module):
    """llama.cpp looks tanh GELU up in a table of half-precision numbers."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.gelu(x.half().float(), approximate="tanh").half().to(x.dtype)


def with_half_gelu(folder: pathlib.Path, tokens: list = adapters.TOKENS) -> list[torch.Tensor]:
    """Gemma's log probabilities as llama.cpp may compute them; that transformers' own are ours is
    check_export_merged.py. What stands between two numbers of the table falls to one or the other by the last bit of
    float32, which moves the result by up to 4e-4: in float32, in float64, and with every weight moved by such a bit."""
    loaded = transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager")
    for module in loaded.modules():
        if hasattr(module, "act_fn"):
            module.act_fn = HalfGelu()
    weights = {name: weight.clone() for name, weight in loaded.state_dict().items()}
    found = []
    with torch.no_grad():
        for seed in range(32):
            generator = torch.Generator().manual_seed(seed)
            moved = {name: weight * (1 + 2**-24 * torch.randn(weight.shape, generator=generator) * (seed > 0))
                     for name, weight in weights.items() if weight.is_floating_point()}
            loaded.load_state_dict({**weights, **moved})
            found.append(loaded.eval()(torch.tensor([tokens])).logits[0][-1].log_softmax(0))
        loaded.load_state_dict(weights)
        found.append(loaded.double()(torch.tensor([tokens])).logits[0][-1].log_softmax(0).float())
    return found


def near(report: adapters.Report, what: str, theirs: torch.Tensor, ours) -> None:
    """Against ours, or against the nearest of several."""
    candidates = ours if isinstance(ours, list) else [ours]
    report.near(what, theirs, min(candidates, key=lambda one: float((one - theirs).abs().max())), 1e-4)


def check_mixture(report: adapters.Report, hilo: str, name: str) -> None:
    """A model that is a mixture of experts itself, has layers that differ or another shape: llama.cpp's probabilities for the written
    base, with a LoRA adapter and merged."""
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        model, source = scratch / "model", adapters.ROOT / "tests/data/gguf" / name
        shutil.copytree(source if source.exists() else adapters.FAMILIES / name, model)
        vocabulary = 31
        llama_cpp.add_tokenizer(model, vocabulary)
        tokens = [token % vocabulary for token in adapters.TOKENS]
        shapes = adapters.stored_shapes(model)
        adapters.write_adapter(scratch / "own", model, varied, shapes=shapes)
        adapters.write_adapter(scratch / "zero", model, nothing, scale=0, shapes=shapes)

        def ours(adapter):
            if not name.startswith("gemma"):
                return adapters.our_logits(hilo, model, adapter, scratch, tokens)[-1].log_softmax(0)
            if not (scratch / "folder").exists():
                adapters.export(hilo, scratch / "own", model, "merged", scratch / "folder")
            return with_half_gelu(scratch / "folder" if adapter else model, tokens)

        def theirs(file, adapter=None):
            return llama_cpp.Model(file, adapter).log_probabilities(tokens, vocabulary)

        for adapter, form, folder in (("zero", "merged-gguf", "base"), ("own", "merged-gguf", "merged"),
                                      ("own", "gguf-lora", "lora")):
            kind = ("--type", "float32") if form == "merged-gguf" else ()
            adapters.export(hilo, scratch / adapter, model, form, scratch / folder, *kind)
        base = scratch / "base/model.gguf"
        near(report, f"{name}, base", theirs(base), ours(None))
        near(report, f"{name}, LoRA", theirs(base, scratch / "lora/adapter.gguf"), ours(scratch / "own"))
        near(report, f"{name}, merged float32", theirs(scratch / "merged/model.gguf"), ours(scratch / "own"))


MIXTURES = ("qwen2_moe", "qwen3_moe", "mixtral", "olmoe", "granitemoe", "granitemoeshared", "gpt_oss")
DIFFERING = ("gemma4", "gemma4-shared", "qwen3_5")
SHAPES = ("llama3", "falcon3", "mistral-nemo", "gemma1")


def main(hilo: str, *models: str) -> None:
    torch.set_num_threads(1)
    transformers.utils.logging.disable_progress_bar()
    report = adapters.Report()
    for name in models or ("llama", "llama3-rope", "qwen2", "qwen3", "gemma", *MIXTURES, *DIFFERING, *SHAPES):
        if not (adapters.MODELS / name).exists():
            check_mixture(report, hilo, name)
            continue
        with tempfile.TemporaryDirectory() as scratch:
            scratch = pathlib.Path(scratch)
            model = scratch / "model"
            shutil.copytree(adapters.MODELS / name, model)
            llama_cpp.add_tokenizer(model, 61)
            adapters.write_adapter(scratch / "own", model, varied)

            def ours(adapter, of=model):
                return adapters.our_logits(hilo, of, adapter, scratch)[-1].log_softmax(0)

            def theirs(file, adapter=None):
                return llama_cpp.Model(file, adapter).log_probabilities(adapters.TOKENS, 61)

            base = base_gguf(hilo, model, scratch)
            adapters.export(hilo, scratch / "own", model, "merged", scratch / "folder")
            expected_base, expected = ours(None), ours(scratch / "own")
            if name == "gemma":
                expected_base, expected = with_half_gelu(model), with_half_gelu(scratch / "folder")
            near(report, f"{name}, base", theirs(base), expected_base)
            adapters.export(hilo, scratch / "own", model, "gguf-lora", scratch / "lora")
            near(report, f"{name}, LoRA", theirs(base, scratch / "lora/adapter.gguf"), expected)
            whole = scratch / "float32/model.gguf"
            adapters.export(hilo, scratch / "own", model, "merged-gguf", scratch / "float32", "--type", "float32")
            near(report, f"{name}, merged float32", theirs(whole), expected)
            check_tensors(report, f"{name}, merged", whole, scratch / "folder")
            for kind in ("float16", "bfloat16", "q8_0"):
                told = adapters.export(hilo, scratch / "own", model, "merged-gguf", scratch / kind, "--type", kind)
                file, what = scratch / kind / "model.gguf", f"{name}, merged {kind}"
                check_rounding(report, what, whole, file)
                check_in_transformers(report, hilo, what, model, file, scratch)
                mine = ours(None, file)
                found = theirs(file)
                report.true(f"{what}: llama.cpp runs it; its logarithms differ from ours of the same weights by "
                            f"{float((found - mine).abs().max()):.2e}; by {told['rounding']['greatest_difference']:.2e} "
                            f"the rounding of the weights moved the logits", bool(found.isfinite().all()))
    report.finish()


if __name__ == "__main__":
    main(*sys.argv[1:])
