#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`hilo serve` behind the official openai client and lm-evaluation-harness, both as they are: completions at temperature
0 are those of `hilo generate`, streamed or not, of the base and of two mixtures, asked one by one and all at once; the
log-probabilities are those of `hilo evaluate` to 1e-4, by rows of a multiple choice task; and a chat with SmolLM2. Needs
openai, lm_eval, transformers, gguf.

    python check_serve.py BUILD_FOLDER/bin/hilo
"""
import concurrent.futures
import json
import os
import pathlib
import sys
import tempfile

os.environ.setdefault("HF_DATASETS_OFFLINE", "1")

import adapters
import check_lm_eval
import openai
import serving
import smollm2
import torch
from lm_eval.models.openai_completions import LocalCompletionsAPI

MODEL = check_lm_eval.MODEL
PROMPTS = ["a small bird of the forest", "the act of", "a feeling of great joy when the rain is over and",
           "any of several trees"]
TOKENS = 16


def write_mixture(folder: pathlib.Path, seed: int, ranks: list, top_k: int) -> pathlib.Path:
    adapters.write_adapter(folder, MODEL, lambda layer, module: {"ranks": ranks, "top_k": top_k, "alpha": 8}, seed=seed)
    return folder


def generated(hilo: str, model, adapter, prompt: str, *more) -> str:
    named = ["--adapter", adapter] if adapter else []
    return json.loads(adapters.run([hilo, "generate", model, *named, "--prompt", prompt, "--max-tokens", TOKENS,
                                    "--threads", 1, "--json", *more]).stdout)["text"]


def check_completions(report: adapters.Report, hilo: str, server: serving.Served, folders: dict) -> None:
    client = openai.OpenAI(base_url=server.address, api_key="none", max_retries=0)
    names = [model.id for model in client.models.list()]
    report.true(f"models {names}", names == ["base", *folders])
    expected = {(name, prompt): generated(hilo, MODEL, folders.get(name), prompt) for name in names for prompt in PROMPTS}

    def whole(asked):
        name, prompt = asked
        return client.completions.create(model=name, prompt=prompt, max_tokens=TOKENS, temperature=0).choices[0].text

    def streamed(asked):
        name, prompt = asked
        return "".join(chunk.choices[0].text for chunk in client.completions.create(
            model=name, prompt=prompt, max_tokens=TOKENS, temperature=0, stream=True))

    for what, ask in (("whole", whole), ("streamed", streamed)):
        alone = {asked: ask(asked) for asked in expected}
        report.true(f"{len(expected)} completions, {what}, one by one: those of hilo generate", alone == expected)
        with concurrent.futures.ThreadPoolExecutor(len(expected)) as pool:
            together = dict(zip(expected, pool.map(ask, expected)))
        report.true(f"{len(expected)} completions, {what}, all at once: the same", together == expected)
    report.true("the models differ", len(set(expected.values())) > len(PROMPTS))
    try:
        client.completions.create(model="none", prompt="a")
        report.true("a model that is not there is refused", False)
    except openai.NotFoundError as error:
        report.true("a model that is not there is refused", error.code == "model_not_found")


def check_likelihoods(report: adapters.Report, hilo: str, server: serving.Served, folders: dict,
                      scratch: pathlib.Path) -> None:
    rows = [json.loads(line) for line in check_lm_eval.DATA.read_text().splitlines()][:25]
    labels = sorted({row["label"] for row in rows})
    template, written, asked = check_lm_eval.class_rows(rows, labels)
    for name, folder in {"base": None, **folders}.items():
        model = LocalCompletionsAPI(base_url=f"{server.address}/completions", model=name, tokenizer=str(MODEL),
                                    tokenizer_backend="huggingface", num_concurrent=8, max_retries=1, batch_size=4)
        theirs = check_lm_eval.theirs(model, f"served_{name}", asked, scratch)
        result, ours = check_lm_eval.evaluate(hilo, MODEL, scratch, f"served_{name}", template, written, "--protocol",
                                              "choice-likelihood", *(["--adapter", folder] if folder else []))
        report.near(f"{name}: likelihoods of {len(rows)} x {len(labels)} answers",
                    torch.tensor([row["likelihoods"] for row in theirs]),
                    torch.tensor([row["likelihoods"] for row in ours]), 1e-4)
        report.near(f"{name}: acc", torch.tensor(sum(row["acc"] for row in theirs) / len(rows)),
                    torch.tensor(result["accuracy"]), 1e-6)


def check_chat(report: adapters.Report, hilo: str) -> None:
    model = smollm2.path()
    with serving.served(hilo, model, {}, "--threads", 1, "--name", "smollm2", "--context", 256) as server:
        client = openai.OpenAI(base_url=server.address, api_key="none", max_retries=0)
        messages = [{"role": "user", "content": "What is the capital of France?"}]
        answer = client.chat.completions.create(model="smollm2", messages=messages, temperature=0, max_tokens=TOKENS,
                                                logprobs=True, top_logprobs=2)
        expected = generated(hilo, model, None, messages[0]["content"], "--chat")
        report.true(f"chat: {answer.choices[0].message.content!r}", answer.choices[0].message.content == expected)
        content = answer.choices[0].logprobs.content
        report.true("chat: the tokens' texts are the answer", "".join(one.token for one in content) == expected)
        report.true("chat: each is the likeliest", all(one.top_logprobs[0].token == one.token for one in content))
        chunks = list(client.chat.completions.create(model="smollm2", messages=messages, temperature=0,
                                                     max_tokens=TOKENS, stream=True,
                                                     stream_options={"include_usage": True}))
        text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
        report.true("chat: streamed it is the same", text == expected)
        report.true("chat: usage at the end", chunks[-1].usage == answer.usage)


def main(hilo: str) -> None:
    report = adapters.Report()
    with tempfile.TemporaryDirectory() as name:
        scratch = pathlib.Path(name)
        folders = {"mixture": write_mixture(scratch / "mixture", 1, [2, 4, 3], 2),
                   "other": write_mixture(scratch / "other", 2, [8], 1)}
        with serving.served(hilo, MODEL, folders, "--threads", 1, "--name", "base", "--context", 256) as server:
            check_completions(report, hilo, server, folders)
            check_likelihoods(report, hilo, server, folders, scratch)
    check_chat(report, hilo)
    report.finish()


if __name__ == "__main__":
    main(sys.argv[1])
