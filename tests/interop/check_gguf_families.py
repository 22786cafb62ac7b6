#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Logits of the files in tests/data/gguf, which llama.cpp's converter made, against those of the Hugging Face models
that they were made of. Needs torch and safetensors.

    python check_gguf_families.py BUILD_FOLDER/bin/hilo
"""
import json
import pathlib
import sys
import tempfile

import adapters
import smollm2


def main(hilo: str) -> None:
    report = adapters.Report()
    files = sorted((smollm2.ROOT / "tests/data/gguf").glob("*.gguf"))
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        for file in files:
            folder = file.with_suffix("")
            if not folder.exists():
                folder = adapters.FAMILIES / file.stem
            config = adapters.text_config(json.loads((folder / "config.json").read_text()))
            tokens = [token % config["vocab_size"] for token in adapters.TOKENS]
            expected = adapters.our_logits(hilo, folder, None, scratch, tokens)
            report.near(file.stem, adapters.our_logits(hilo, file, None, scratch, tokens), expected, 1e-4)
    report.finish()


if __name__ == "__main__":
    main(sys.argv[1])
