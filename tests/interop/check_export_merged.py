#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""transformers loads merged folders of tiny models, from one file and from shards, and gives this project's logits.
Needs torch, transformers and safetensors.

    python check_export_merged.py BUILD_FOLDER/bin/hilo
"""
import pathlib
import sys
import tempfile

import adapters
import torch
import transformers
from check_export_peft import varied


def main(hilo: str) -> None:
    torch.set_num_threads(1)
    transformers.utils.logging.disable_progress_bar()
    report = adapters.Report()
    for name in ("llama", "llama3-rope", "mistral", "qwen2", "qwen3", "gemma", "gemma2", "gpt2"):
        model = adapters.MODELS / name
        with tempfile.TemporaryDirectory() as scratch:
            scratch = pathlib.Path(scratch)
            adapters.write_adapter(scratch / "own", model, varied)
            ours = adapters.our_logits(hilo, model, scratch / "own", scratch)
            for kind, tolerance in (("float32", 1e-3), ("bfloat16", 0.05 * float(ours.abs().max()))):
                out = scratch / kind
                adapters.export(hilo, scratch / "own", model, "merged", out, "--type", kind)
                loaded, told = transformers.AutoModelForCausalLM.from_pretrained(
                    out, dtype=torch.float32, output_loading_info=True, attn_implementation="eager")
                with torch.no_grad():
                    theirs = loaded.eval()(torch.tensor([adapters.TOKENS])).logits[0]
                report.near(f"{name}, {kind}", theirs, ours, tolerance)
                wrong = [key for key in ("missing_keys", "unexpected_keys", "mismatched_keys") if told[key]]
                report.true(f"{name}, {kind}: every tensor is used and none is missing", not wrong)
    report.finish()


if __name__ == "__main__":
    main(sys.argv[1])
