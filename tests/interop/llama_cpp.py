# SPDX-License-Identifier: GPL-3.0-or-later
"""llama.cpp as the checks here use it: on the CPU, one thread, float32 caches, LoRA adapters at scale 1. Needs
xllamacpp (which has llama.cpp's own library built in) and torch."""
import json
import string

import torch
import xllamacpp


class Model:
    def __init__(self, path, adapter=None):
        parameters = xllamacpp.CommonParams()
        parameters.model.path = str(path)
        parameters.n_ctx = 512
        parameters.n_parallel = 1
        parameters.n_gpu_layers = 0
        parameters.cpuparams.n_threads = 1
        parameters.cpuparams_batch.n_threads = 1
        parameters.warmup = False
        parameters.fit_params = False
        parameters.cache_type_k = parameters.cache_type_v = xllamacpp.ggml_type.GGML_TYPE_F32
        parameters.flash_attn_type = xllamacpp.llama_flash_attn_type.LLAMA_FLASH_ATTN_TYPE_DISABLED
        if adapter:
            parameters.lora_adapters = [xllamacpp.CommonAdapterLoraInfo(str(adapter), 1.0)]
        self.server = xllamacpp.Server(parameters)

    def complete(self, tokens: list, count: int, probabilities: int) -> list:
        """The chosen tokens with the most likely ones beside each: [{"id", "top_logprobs": [{"id", "logprob"}]}]."""
        answer = self.server.handle_completions({
            "prompt": tokens, "max_tokens": count, "temperature": 0.0, "logprobs": probabilities,
            "n_probs": probabilities, "cache_prompt": False, "ignore_eos": True})
        return answer["choices"][0]["logprobs"]["content"]

    def greedy(self, tokens: list, count: int) -> list:
        return [entry["id"] for entry in self.complete(tokens, count, 1)]

    def log_probabilities(self, tokens: list, vocabulary: int) -> torch.Tensor:
        """Of every next token behind the last one, [vocabulary]."""
        result = torch.full((vocabulary,), float("nan"))
        for one in self.complete(tokens, 1, vocabulary)[0]["top_logprobs"]:
            result[one["id"]] = one["logprob"]
        return result


def add_tokenizer(folder, vocabulary: int) -> None:
    """A byte-level vocabulary of this size for a model that has none: llama.cpp's server needs one."""
    texts = list(string.ascii_letters + string.digits)[:vocabulary - 1]
    texts = texts[:vocabulary - 1] + ["ab"]
    assert len(texts) == vocabulary
    (folder / "tokenizer.json").write_text(json.dumps({
        "version": "1.0", "added_tokens": [], "normalizer": None, "post_processor": None,
        "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True},
        "decoder": {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True},
        "model": {"type": "BPE", "unk_token": None, "fuse_unk": False, "byte_fallback": False,
                  "vocab": {text: i for i, text in enumerate(texts)}, "merges": ["a b"]}}))
