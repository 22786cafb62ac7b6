#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens a second of `hilo serve` beside llama.cpp's server at 1, 8 and 32 clients: one model file, one machine, one run,
as many threads. `hilo serve` with a plain LoRA and with a mixture of experts of the same rank each, llama.cpp with the
plain LoRA that `hilo export --to gguf-lora` makes of the first. The clients and their requests are the same: each asks,
streamed and greedy, for a continuation of its own prompt, again and again. Needs torch, safetensors, gguf, xllamacpp.

    python serve_speed.py HILO MODEL.gguf [--clients 1,8,32] [--threads 1] [--tokens 64] [--rounds 2] [--dtype float32]
                          [--f32 FILE]

MODEL.gguf is written again with float32 weights first, so that both compute with the same numbers; --f32 keeps it.
"""
import argparse
import concurrent.futures
import http.client
import json
import pathlib
import sys
import tempfile
import time
import urllib.parse

import numpy

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/interop"))

import adapters
import serving

WORDS = ("the quick brown fox jumps over a lazy dog while seven old wizards quietly mix up very big jugs of liquid and "
         "the rain falls on the green hills of the north where nobody lives any more").split()


def write_float32(source: pathlib.Path, target: pathlib.Path) -> None:
    import gguf
    reader = gguf.GGUFReader(str(source))
    architecture = reader.fields["general.architecture"].contents()
    writer = gguf.GGUFWriter(str(target), architecture)
    for name, field in reader.fields.items():
        if name.startswith("GGUF.") or name in ("general.architecture", "general.file_type",
                                                "general.quantization_version"):
            continue
        kind = field.types[0]
        writer.add_key_value(name, field.contents(), kind, field.types[-1] if kind == gguf.GGUFValueType.ARRAY else None)
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    for tensor in reader.tensors:
        values = gguf.dequantize(tensor.data, tensor.tensor_type).astype(numpy.float32)
        writer.add_tensor(tensor.name, values.reshape([int(n) for n in reversed(tensor.shape)]))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def shapes_of(path: pathlib.Path) -> tuple:
    """The layers and the linear modules' (out, in) of a llama."""
    import gguf
    reader = gguf.GGUFReader(str(path))
    names = {"attn_q": "q_proj", "attn_k": "k_proj", "attn_v": "v_proj", "attn_output": "o_proj", "ffn_gate": "gate_proj",
             "ffn_up": "up_proj", "ffn_down": "down_proj"}
    shapes = {}
    for tensor in reader.tensors:
        parts = tensor.name.split(".")
        if parts[0] == "blk" and parts[2] in names:
            shapes.setdefault(int(parts[1]), {})[names[parts[2]]] = (int(tensor.shape[1]), int(tensor.shape[0]))
    return [shapes[layer] for layer in sorted(shapes)]


def write_adapter(folder: pathlib.Path, scratch: pathlib.Path, shapes: list, ranks: list, top_k: int) -> pathlib.Path:
    model = scratch / "config"
    model.mkdir(exist_ok=True)
    (model / "config.json").write_text(json.dumps({"model_type": "llama", "num_hidden_layers": len(shapes)}))
    adapters.write_adapter(folder, model, lambda layer, name: {"ranks": ranks, "top_k": top_k, "alpha": 16},
                           shapes=shapes, scale=0.01)
    return folder


def ask(address: str, body: dict) -> int:
    """Tokens of one streamed answer."""
    parts = urllib.parse.urlparse(address)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=600)
    connection.request("POST", "/v1/completions", json.dumps(body), {"Content-Type": "application/json"})
    answer = connection.getresponse()
    assert answer.status == 200, answer.read()
    tokens = 0
    for line in answer:
        if line.startswith(b"data: {"):
            usage = json.loads(line[6:]).get("usage")
            tokens = usage["completion_tokens"] if usage else tokens
    connection.close()
    return tokens


def measure(address: str, more: dict, clients: int, rounds: int, tokens: int) -> float:
    def client(number: int) -> int:
        made = 0
        for again in range(rounds):
            first = (number * 7 + again * 3) % len(WORDS)
            prompt = " ".join((WORDS[first:] + WORDS[:first]) * 2)
            made += ask(address, {**more, "prompt": prompt, "max_tokens": tokens, "temperature": 0, "stream": True,
                                  "stream_options": {"include_usage": True}})
        return made

    begin = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(clients) as pool:
        made = sum(pool.map(client, range(clients)))
    assert made == clients * rounds * tokens, f"{made} tokens"
    return made / (time.monotonic() - begin)


def llama_server(model: pathlib.Path, lora: pathlib.Path, threads: int, clients: int, context: int):
    import xllamacpp
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(model)
    parameters.n_ctx = context * clients
    parameters.n_parallel = clients
    parameters.n_gpu_layers = 0
    parameters.cpuparams.n_threads = threads
    parameters.cpuparams_batch.n_threads = threads
    parameters.fit_params = False
    parameters.lora_adapters = [xllamacpp.CommonAdapterLoraInfo(str(lora), 1.0)]
    parameters.port = 0
    return xllamacpp.Server(parameters)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("hilo")
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("--clients", default="1,8,32")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--tokens", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--rank", type=int, default=16)
    parser.add_argument("--dtype", default="float32")
    parser.add_argument("--f32", type=pathlib.Path)
    options = parser.parse_args()
    counts = [int(one) for one in options.clients.split(",")]
    context = 512
    with tempfile.TemporaryDirectory() as name:
        scratch = pathlib.Path(name)
        model = options.f32 or scratch / "model.gguf"
        if not model.exists():
            write_float32(options.model, model)
        shapes = shapes_of(model)
        plain = write_adapter(scratch / "plain", scratch, shapes, [options.rank], 1)
        mixture = write_adapter(scratch / "mixture", scratch, shapes, [options.rank // 2] * 4, 2)
        adapters.export(options.hilo, plain, model, "gguf-lora", scratch / "lora")
        lora = next((scratch / "lora").glob("*.gguf"))
        rates = {}
        ends = [0, 1, 2]
        for clients in counts:
            with serving.served(options.hilo, model, {"plain": plain, "mixture": mixture}, "--threads", options.threads,
                                "--parallel", clients, "--context", context, "--dtype", options.dtype, "--name",
                                "base") as server:
                never = {"logit_bias": {str(end): -100 for end in ends}}
                address = server.address[:-len("/v1")]
                for which in ("plain", "mixture", "base"):
                    measure(address, {"model": which, **never}, clients, 1, 8)
                    rates[clients, which] = measure(address, {"model": which, **never}, clients, options.rounds,
                                                    options.tokens)
            server = llama_server(model, lora, options.threads, clients, context)
            more = {"model": "any", "ignore_eos": True, "cache_prompt": False}
            measure(server.listening_address, more, clients, 1, 8)
            rates[clients, "llama.cpp"] = measure(server.listening_address, more, clients, options.rounds, options.tokens)
            del server
            print(json.dumps({"clients": clients, "dtype": options.dtype, "threads": options.threads,
                              **{which: round(rates[clients, which], 1)
                                 for which in ("base", "plain", "mixture", "llama.cpp")}}), flush=True)


if __name__ == "__main__":
    main()
