#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What `hilo estimate` says before a run against the peak that the run then has, on the CPU, in one thread: models of
about 100 million parameters with random weights, stored in several ways, with several batches. Prints a table; the
peak that the run records and the one that the kernel knows (VmHWM) stand beside one another.

    memory_estimate.py HILO [FOLDER] [--only TEXT ...] [--parts] [--json FILE]

FOLDER keeps the models (about 3 GB) for the next call; without one they are made in a temporary folder. Needs numpy,
and gguf for the models of that kind.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def write_safetensors(file: pathlib.Path, tensors: dict) -> None:
    """tensors: name -> (type, shape, bytes)."""
    header, offset = {}, 0
    for name, (kind, shape, data) in tensors.items():
        header[name] = {"dtype": kind, "shape": list(shape), "data_offsets": [offset, offset + len(data)]}
        offset += len(data)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(file, "wb") as out:
        out.write(len(text).to_bytes(8, "little") + text)
        for _, _, data in tensors.values():
            out.write(data)


def write_tokenizer(folder: pathlib.Path, size: int) -> None:
    """Byte-level BPE with size entries: letters, and merges of them until there are as many."""
    byte_letters = [chr(b) for b in (*range(33, 127), *range(161, 173), *range(174, 256))]
    byte_letters += [chr(256 + i) for i in range(256 - len(byte_letters))]
    vocabulary = ["<unk>", "<s>", "</s>", *byte_letters]
    merges = []
    front = list(LETTERS)
    while len(vocabulary) < size:
        longer = []
        for text in front:
            for letter in LETTERS:
                if len(vocabulary) == size:
                    break
                merges.append([text, letter])
                vocabulary.append(text + letter)
                longer.append(text + letter)
        front = longer
    added = [{"id": i, "content": text, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False,
              "special": True} for i, text in enumerate(vocabulary[:3])]
    document = {"version": "1.0", "truncation": None, "padding": None, "added_tokens": added, "normalizer": None,
                "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True,
                                  "use_regex": True},
                "post_processor": None,
                "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
                "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None,
                          "end_of_word_suffix": None, "fuse_unk": False, "byte_fallback": False,
                          "ignore_merges": False, "vocab": {text: i for i, text in enumerate(vocabulary)},
                          "merges": merges}}
    (folder / "tokenizer.json").write_text(json.dumps(document))
    (folder / "tokenizer_config.json").write_text(json.dumps(
        {"tokenizer_class": "PreTrainedTokenizerFast", "bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>",
         "add_bos_token": True, "model_max_length": 4096}))


def stored(kind: str, values: np.ndarray):
    if kind == "F32":
        return kind, values.shape, values.astype("<f4").tobytes()
    if kind == "F16":
        return kind, values.shape, values.astype("<f2").tobytes()
    return "BF16", values.shape, (values.astype("<f4").view("<u4") >> 16).astype("<u2").tobytes()


def awq(name: str, out: int, width: int, random, group: int = 128) -> dict:
    words = lambda shape: random.integers(0, 2**32, shape, dtype=np.uint32).tobytes()
    return {f"{name}.qweight": ("I32", (width, out // 8), words((width, out // 8))),
            f"{name}.qzeros": ("I32", (width // group, out // 8), np.full((width // group, out // 8), 0x88888888,
                                                                         np.uint32).tobytes()),
            f"{name}.scales": stored("F16", random.uniform(0.002, 0.004, (width // group, out)))}


def gptq(name: str, out: int, width: int, random, group: int = 128) -> dict:
    words = random.integers(0, 2**32, (width // 8, out), dtype=np.uint32).tobytes()
    return {f"{name}.qweight": ("I32", (width // 8, out), words),
            f"{name}.qzeros": ("I32", (width // group, out // 8), np.full((width // group, out // 8), 0x77777777,
                                                                         np.uint32).tobytes()),
            f"{name}.scales": stored("F16", random.uniform(0.002, 0.004, (width // group, out))),
            f"{name}.g_idx": ("I32", (width,), (np.arange(width, dtype="<i4") // group).tobytes())}


# The quantiles of the normal distribution that nf4 stands for (2305.14314).
NORMAL_FLOATS = [-1.0, -0.6961928009986877, -0.5250730514526367, -0.39491748809814453, -0.28444138169288635,
                 -0.18477343022823334, -0.09105003625154495, 0.0, 0.07958029955625534, 0.16093020141124725,
                 0.24611230194568634, 0.33791524171829224, 0.44070982933044434, 0.5626170039176941,
                 0.7229568362236023, 1.0]


def nf4(name: str, out: int, width: int, random, block: int = 64, outer: int = 256) -> dict:
    """As bitsandbytes writes it with double quantisation: the scales of blocks are codes of eight bits themselves."""
    name, blocks = name + ".weight", out * width // block
    state = {"quant_type": "nf4", "blocksize": block, "dtype": "float16", "shape": [out, width],
             "nested_blocksize": outer, "nested_dtype": "float32", "nested_offset": 0.03}
    text = json.dumps(state).encode()
    codes = random.integers(0, 256, (out * width // 2, 1), dtype=np.uint8)
    return {name: ("U8", codes.shape, codes.tobytes()),
            f"{name}.absmax": ("U8", (blocks,), random.integers(0, 256, blocks, dtype=np.uint8).tobytes()),
            f"{name}.nested_absmax": stored("F32", np.full(-(-blocks // outer), 0.02)),
            f"{name}.nested_quant_map": stored("F32", np.linspace(-1, 1, 256)),
            f"{name}.quant_map": stored("F32", np.array(NORMAL_FLOATS)),
            f"{name}.quant_state.bitsandbytes__nf4": ("U8", (len(text),), text)}


CODES = {"nf4": (nf4, {"quant_method": "bitsandbytes", "load_in_4bit": True, "bnb_4bit_quant_type": "nf4",
                       "bnb_4bit_use_double_quant": True}),
         "awq": (awq, {"quant_method": "awq", "bits": 4, "group_size": 128, "zero_point": True, "version": "gemm"}),
         "gptq": (gptq, {"quant_method": "gptq", "bits": 4, "group_size": 128, "desc_act": False, "sym": True,
                         "checkpoint_format": "gptq"})}


def tensor_shapes(config: dict):
    """Names and shapes as transformers has them."""
    hidden, heads = config["hidden_size"], config["num_attention_heads"]
    width = config.get("head_dim", hidden // heads)
    keys = config["num_key_value_heads"] * width
    yield "model.embed_tokens.weight", (config["vocab_size"], hidden)
    experts = config.get("num_experts", 0)
    for layer in range(config["num_hidden_layers"]):
        front = f"model.layers.{layer}."
        for norm in ("input_layernorm", "post_attention_layernorm"):
            yield front + norm + ".weight", (hidden,)
        for name, out, size in (("q", heads * width, hidden), ("k", keys, hidden), ("v", keys, hidden),
                                ("o", hidden, heads * width)):
            yield f"{front}self_attn.{name}_proj.weight", (out, size)
        if experts:
            whole = config["model_type"] == "olmoe"
            yield front + "self_attn.q_norm.weight", (heads * width if whole else width,)
            yield front + "self_attn.k_norm.weight", (keys if whole else width,)
            yield front + "mlp.gate.weight", (experts, hidden)
        inner = config.get("moe_intermediate_size", config["intermediate_size"])
        for mlp in [f"mlp.experts.{expert}." for expert in range(experts)] or ["mlp."]:
            yield front + mlp + "gate_proj.weight", (inner, hidden)
            yield front + mlp + "up_proj.weight", (inner, hidden)
            yield front + mlp + "down_proj.weight", (hidden, inner)
    yield "model.norm.weight", (hidden,)
    if not config["tie_word_embeddings"]:
        yield "lm_head.weight", (config["vocab_size"], hidden)


def write_model(folder: pathlib.Path, config: dict, kind: str) -> None:
    folder.mkdir(parents=True)
    random = np.random.default_rng(1)
    tensors = {}
    for name, shape in tensor_shapes(config):
        if len(shape) == 1:
            tensors[name] = stored("F16" if kind in CODES else kind, np.ones(shape, np.float32))
        elif kind in CODES and "_proj" in name:
            tensors.update(CODES[kind][0](name.removesuffix(".weight"), *shape, random))
        else:
            values = random.standard_normal(shape, np.float32) * 0.02
            tensors[name] = stored("F16" if kind in CODES else kind, values)
    if kind in CODES:
        config = {**config, "quantization_config": CODES[kind][1]}
    write_safetensors(folder / "model.safetensors", tensors)
    (folder / "config.json").write_text(json.dumps(config, indent=2))
    write_tokenizer(folder, config["vocab_size"])


def super_blocks(shape: tuple, size: int, fields: list, random) -> np.ndarray:
    """Random blocks of 256 values and so many bytes; the float16 numbers among them small."""
    blocks = random.integers(0, 256, (shape[0] * shape[1] // 256, size), dtype=np.uint8)
    for place, value in fields:
        blocks[:, place:place + 2] = np.array([value], "<f2").view(np.uint8)
    return blocks.reshape(shape[0], -1)


GGUF_NAMES = {"embed_tokens": "token_embd", "lm_head": "output", "input_layernorm": "attn_norm",
              "post_attention_layernorm": "ffn_norm", "q_proj": "attn_q", "k_proj": "attn_k", "v_proj": "attn_v",
              "o_proj": "attn_output", "gate_proj": "ffn_gate", "up_proj": "ffn_up", "down_proj": "ffn_down"}


def write_gguf(folder: pathlib.Path, config: dict) -> None:
    """As a file of the kind Q4_K_M is: Q4_K, embedding and head Q6_K, norms float32."""
    import gguf
    folder.mkdir(parents=True)
    random = np.random.default_rng(1)
    write_tokenizer(folder, config["vocab_size"])
    tokenizer = json.loads((folder / "tokenizer.json").read_text())["model"]
    for file in folder.iterdir():
        file.unlink()
    writer = gguf.GGUFWriter(folder / "model.gguf", config["model_type"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_head_count_kv(config["num_key_value_heads"])
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_rope_freq_base(config["rope_theta"])
    writer.add_vocab_size(config["vocab_size"])
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(list(tokenizer["vocab"]))
    writer.add_token_types([3] * 3 + [1] * (config["vocab_size"] - 3))
    writer.add_token_merges([" ".join(pair) for pair in tokenizer["merges"]])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    for name, shape in tensor_shapes(config):
        parts = name.split(".")
        name = f"blk.{parts[2]}." if parts[1] == "layers" else ""
        name += GGUF_NAMES.get(parts[-2], "output_norm") + ".weight"
        if len(shape) == 1:
            writer.add_tensor(name, np.ones(shape, np.float32))
        elif parts[-2] in ("embed_tokens", "lm_head"):
            writer.add_tensor(name, super_blocks(shape, 210, [(208, 0.00002)], random),
                              raw_dtype=gguf.GGMLQuantizationType.Q6_K)
        else:
            writer.add_tensor(name, super_blocks(shape, 144, [(0, 0.0001), (2, 0.0008)], random),
                              raw_dtype=gguf.GGMLQuantizationType.Q4_K)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def llama(hidden: int, layers: int, inner: int, vocabulary: int, tied: bool = False, keys: int = 0) -> dict:
    heads = hidden // 64
    return {"model_type": "llama", "architectures": ["LlamaForCausalLM"], "hidden_size": hidden,
            "num_hidden_layers": layers, "intermediate_size": inner, "num_attention_heads": heads,
            "num_key_value_heads": keys or heads, "vocab_size": vocabulary, "max_position_embeddings": 4096,
            "rms_norm_eps": 1e-5, "rope_theta": 10000.0, "tie_word_embeddings": tied, "bos_token_id": 1,
            "eos_token_id": 2, "hidden_act": "silu"}


OLMOE = {**llama(512, 8, 384, 8192), "model_type": "olmoe", "architectures": ["OlmoeForCausalLM"], "num_experts": 16,
         "num_experts_per_tok": 4, "norm_topk_prob": False}
WIDE_OLMOE = {**llama(1024, 8, 512, 8192), "model_type": "olmoe", "architectures": ["OlmoeForCausalLM"],
              "num_experts": 16, "num_experts_per_tok": 2, "norm_topk_prob": False}
QWEN = {**llama(512, 8, 1024, 32768, keys=2), "model_type": "qwen3_moe", "architectures": ["Qwen3MoeForCausalLM"],
        "num_experts": 32, "num_experts_per_tok": 4, "moe_intermediate_size": 192, "norm_topk_prob": True,
        "head_dim": 64}
SMALL = llama(768, 12, 2048, 4096)
LARGE = llama(512, 8, 1408, 98304, keys=2)
MODELS = {"small-f16": (SMALL, "F16"), "small-f32": (SMALL, "F32"), "small-bf16": (SMALL, "BF16"),
          "large-f16": (LARGE, "F16"), "tied-f16": (llama(768, 8, 2048, 65536, True), "F16"),
          "awq": (SMALL, "awq"), "awq-large": (LARGE, "awq"), "gptq": (SMALL, "gptq"), "nf4": (SMALL, "nf4"), "nf4-large": (LARGE, "nf4"),
          "gguf": (SMALL, "gguf"), "gguf-large": ({**LARGE, "intermediate_size": 1536}, "gguf"), "wide-olmoe-f16": (WIDE_OLMOE, "F16"),
          "olmoe-f16": (OLMOE, "F16"), "olmoe-f32": (OLMOE, "F32"), "qwen3moe-bf16": (QWEN, "BF16")}


def shape(model, batch, length, evaluated=1, protocol="label-logit", **training):
    return {"model": model, "batch": batch, "length": length, "evaluated": evaluated, "protocol": protocol,
            "training": training}


RUNS = [
    shape("small-f16", 1, 32), shape("small-f16", 8, 128), shape("small-f16", 2, 512),
    shape("small-f16", 16, 128, activation_checkpointing=True), shape("small-f16", 8, 128, quantisation="nf4"),
    shape("small-f16", 8, 128, dropout=0.1), shape("small-f16", 1, 256, 32), shape("olmoe-f16", 2, 128, 32),
    shape("small-f16", 1, 128, 8, "loss"), shape("small-f16", 1, 128, 8, "choice-likelihood"),
    shape("small-f16", 1, 128, 8, "generate"),
    shape("small-f32", 4, 128), shape("small-bf16", 4, 128), shape("small-bf16", 4, 128, dtype="bfloat16"),
    shape("large-f16", 1, 32), shape("large-f16", 4, 64, loss_on="whole_text"), shape("large-f16", 8, 128, loss_on="whole-text"),
    shape("large-f16", 8, 256, activation_checkpointing=True),
    shape("tied-f16", 4, 128),
    shape("awq", 1, 32), shape("awq", 4, 128), shape("awq", 8, 128, activation_checkpointing=True),
    shape("awq", 4, 128, quantisation="nf4"), shape("awq-large", 4, 128), shape("gptq", 1, 32), shape("gptq", 4, 128),
    shape("nf4", 1, 32), shape("nf4", 4, 128), shape("nf4-large", 4, 128), shape("nf4", 4, 128, quantisation="nf4"),
    shape("gguf", 1, 32), shape("gguf", 4, 128), shape("gguf-large", 4, 128), shape("wide-olmoe-f16", 1, 32),
    shape("wide-olmoe-f16", 4, 128),
    shape("olmoe-f16", 1, 32), shape("olmoe-f16", 8, 128), shape("olmoe-f16", 8, 128, activation_checkpointing=True),
    shape("olmoe-f16", 8, 128, quantisation="int8"), shape("olmoe-f32", 1, 32), shape("olmoe-f32", 4, 128),
    shape("qwen3moe-bf16", 4, 128), shape("qwen3moe-bf16", 2, 512),
]


def modules_of(config: dict) -> list:
    attention = ["q_proj", "k_proj", "v_proj", "o_proj"]
    return attention if config.get("num_experts") else attention + ["gate_proj", "up_proj", "down_proj"]


def write_run(folder: pathlib.Path, model: pathlib.Path, config: dict, run: dict) -> pathlib.Path:
    """Rows that are all cut to the same length, and a map of two experts everywhere."""
    (folder / "data").mkdir(parents=True)
    random = np.random.default_rng(2)
    words = ["".join(random.choice(list(LETTERS), 3)) for _ in range(200)]
    rows = [json.dumps({"text": " ".join(random.choice(words, 2 * run["length"])), "label": ("plant", "act")[row % 2]})
            for row in range(3 * run["batch"])]
    (folder / "data/train.jsonl").write_text("\n".join(rows) + "\n")
    # Rows that differ: equal prompts would be read once.
    tested = [json.dumps({"text": " ".join(random.choice(words, 2 * run["length"])), "label": ("plant", "act")[row % 2]})
              for row in range(max(2, run["evaluated"]))]
    (folder / "data/test.jsonl").write_text("\n".join(tested) + "\n")
    module = {"ranks": [4, 8], "top_k": 1, "alpha": 16}
    layers = [{"layer": layer, "modules": {name: module for name in modules_of(config)}}
              for layer in range(config["num_hidden_layers"])]
    training = {"steps": 3, "batch_size": run["batch"], "max_length": run["length"], "dtype": "float32", "threads": 1,
                "checkpoint_every": 0, **run["training"]}
    spec = {"format": "hilo.run/1", "name": "memory", "model": {"path": str(model)},
            "data": {"path": "data", "template": "gloss"},
            "map": {"format": "hilo.allocation/1", "name": "two", "strategy": {"name": "manual", "settings": {}},
                    "model": {"architecture": config["model_type"], "layers": config["num_hidden_layers"]},
                    "layers": layers},
            "training": training,
            "evaluation": {"protocol": run["protocol"], "split": "test", "batch_size": run["evaluated"]}}
    file = folder / "spec.run.json"
    file.write_text(json.dumps(spec))
    return file


def kernel_peak(command: list) -> tuple:
    """The program's JSON, and its largest resident memory in bytes."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    output = process.stdout.read()
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(" ".join(command) + "\n" + errors.decode())
    return json.loads(output), usage.ru_maxrss * 1024


def measure(hilo: str, models: pathlib.Path, run: dict) -> dict:
    config, kind = MODELS[run["model"]]
    model = models / run["model"]
    if not model.exists() and kind == "gguf":
        write_gguf(model, config)
    elif not model.exists():
        write_model(model, config, kind)
    if kind == "gguf":
        model = model / "model.gguf"
    with tempfile.TemporaryDirectory() as place:
        spec = write_run(pathlib.Path(place) / "run", model, config, run)
        estimate, _ = kernel_peak([hilo, "estimate", str(model), "--run", str(spec), "--json"])
        trained, peak = kernel_peak([hilo, "train", str(spec), "--out", str(pathlib.Path(place) / "out"), "--json"])
    parts = estimate["memory_bytes"]
    return {**run, "estimated": parts["total"], "recorded": trained["peak_memory_bytes"], "kernel": peak,
            "off": parts["total"] / peak - 1, "parts": parts}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("hilo")
    parser.add_argument("folder", nargs="?", type=pathlib.Path)
    parser.add_argument("--only", nargs="*", default=[], help="words that a run's line has to contain")
    parser.add_argument("--parts", action="store_true", help="the estimate's parts in a line below each run")
    parser.add_argument("--json", type=pathlib.Path)
    arguments = parser.parse_args()
    results = []
    with tempfile.TemporaryDirectory() as made:
        print("| model | batch | settings | estimated MiB | recorded | kernel | off by |\n|---|---|---|---:|---:|---:|---:|")
        for run in RUNS:
            settings = ", ".join(f"{key} {value}" for key, value in run["training"].items())
            settings += f" measured by {run['evaluated']}, {run['protocol']}" if run["evaluated"] > 1 else ""
            title = f"| {run['model']} | {run['batch']} x {run['length']} | {settings} |"
            if not all(word in title for word in arguments.only):
                continue
            found = measure(arguments.hilo, arguments.folder or pathlib.Path(made), run)
            results.append(found)
            sizes = " | ".join(f"{found[key] / 2**20:.1f}" for key in ("estimated", "recorded", "kernel"))
            print(f"{title} {sizes} | {found['off']:+.1%} |", flush=True)
            if arguments.parts:
                print("   " + ", ".join(f"{key} {value / 2**20:.1f}" for key, value in found["parts"].items()))
    if results:
        print(f"\nlargest: {max(abs(found['off']) for found in results):.1%} of {len(results)} runs")
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
