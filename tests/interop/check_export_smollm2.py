#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A HILO mixture of our own training on a real model (SmolLM2-135M-Instruct as a GGUF file of any quantisation) goes
through every format; other tools load what was written, and the table of differences is printed as Markdown. Training
is short: what is checked is the export. Needs torch, transformers, peft, xllamacpp and safetensors; MoLA and MoE-PEFT
where check_export_mola.py and check_export_moe_peft.py find them.

    python check_export_smollm2.py BUILD_FOLDER/bin/hilo [WORK_FOLDER [STEPS]]

What lies in WORK_FOLDER already is not made again.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

import adapters
import smollm2
import torch
import transformers
from safetensors.torch import load_file

LAYERS, PROMPT = 30, [504, 3575, 282, 4649, 314]
ENDS = [0, 2]  # <|endoftext|>, <|im_end|>


def hilo_map() -> dict:
    """Experts and ranks that grow with depth, top-k in proportion to the experts: 2 of rank 2 to 4 of rank 8."""
    layers = []
    for layer in range(LAYERS):
        quarter = layer * 4 // LAYERS
        rank, experts = 2 * (quarter + 1), 2 if quarter < 2 else 4
        module = {"ranks": [rank] * experts, "top_k": experts // 2, "alpha": 2 * rank}
        layers.append({"layer": layer, "modules": {"q_proj": module, "v_proj": module}})
    return {"format": "hilo.allocation/1", "name": "hilo 2244/2468", "strategy": {"name": "manual", "settings": {}},
            "model": {"architecture": "llama", "layers": LAYERS}, "layers": layers}


def train(hilo: str, model: pathlib.Path, work: pathlib.Path, steps: int) -> pathlib.Path:
    spec = {"format": "hilo.run/1", "name": "smollm2", "model": {"path": str(model)},
            "data": {"path": str(adapters.ROOT / "projects/gloss-classes/data"), "template": "gloss"},
            "map": hilo_map(),
            "training": {"steps": steps, "batch_size": 2, "learning_rate": 0.002, "max_length": 32, "warmup_steps": 2,
                         "dtype": "float32", "threads": 1, "checkpoint_every": 0},
            "evaluation": {"protocol": "label-logit", "split": "test", "limit": 20}}
    (work / "run.json").write_text(json.dumps(spec))
    if not (work / "run/adapter").exists():
        adapters.run([hilo, "train", work / "run.json", "--out", work / "run"])
    return work / "run"


def base_models(hilo: str, model: pathlib.Path, work: pathlib.Path) -> tuple:
    """The same weights as a Hugging Face folder and as a float32 GGUF file: merged with an adapter of zeros."""
    shapes = {"num_hidden_layers": LAYERS, "model_type": "llama", "hidden_size": 576, "intermediate_size": 1536,
              "num_attention_heads": 9, "num_key_value_heads": 3}
    if not (work / "zero").exists():
        (work / "shape").mkdir()
        (work / "shape/config.json").write_text(json.dumps(shapes))
        adapters.write_adapter(work / "zero", work / "shape",
                               lambda layer, name: {"ranks": [1], "top_k": 1, "alpha": 1} if name == "v_proj" else None,
                               scale=0)
    for form, out in (("merged", "base"), ("merged-gguf", "base-gguf")):
        if not (work / out).exists():
            adapters.export(hilo, work / "zero", model, form, work / out, "--type", "float32")
    return work / "base", work / "base-gguf/model.gguf"


class Table:
    def __init__(self, hilo: str, model: pathlib.Path, run: pathlib.Path, work: pathlib.Path):
        self.hilo, self.model, self.run, self.work, self.rows = hilo, model, run, work, []
        self.report = adapters.Report()

    def export(self, form: str, *more) -> dict:
        out = self.work / form
        saved = self.work / f"{form}.json"
        if not saved.exists():
            saved.write_text(json.dumps(json.loads(adapters.run(
                [self.hilo, "export", self.run, "--to", form, "--out", out, "--threads", 1, "--calibration-rows", 16,
                 "--evaluation-rows", 20, "--json", *more]).stdout)))
        return json.loads(saved.read_text())

    def add(self, form: str, told: dict, tool: str, actual, expected, tolerance: float) -> None:
        difference = float((actual - expected).abs().max())
        same = int((actual.argmax(-1) == expected.argmax(-1)).sum()) if actual.dim() > 1 else None
        self.report.true(f"{form}, {tool}: {difference:.1e} (tolerance {tolerance:.0e})", difference <= tolerance)
        check = told["verification"]
        self.rows.append(f"| `{form}` | {told['verdict']} | {told['bytes'] / 2 ** 20:.1f} MiB | "
                         f"{check['greatest_difference']:.1e} | {tool} | {difference:.1e} |"
                         + (f" {same} of {actual.shape[0]} |" if same is not None else " |"))

    def print(self) -> None:
        print("| format | verdict | size | read back | other tool | its logits differ from ours by | same next token |")
        print("| --- | --- | --- | --- | --- | --- | --- |")
        print("\n".join(self.rows), flush=True)


def tool_logits(script: str, base: pathlib.Path, folder: pathlib.Path, out: pathlib.Path) -> torch.Tensor:
    """What the tool's own code makes of the export; None where it is not installed."""
    done = subprocess.run([sys.executable, pathlib.Path(__file__).parent / script, "logits", base, folder, out])
    if done.returncode == 77:
        return None
    done.check_returncode()
    return load_file(str(out))["logits"]


def hugging_face_logits(model) -> torch.Tensor:
    with torch.no_grad():
        return model.eval()(torch.tensor([adapters.TOKENS])).logits[0]


def greedy_tokens(report: adapters.Report, hilo: str, model, adapter, theirs: list, work: pathlib.Path) -> None:
    """llama.cpp's tokens are ours when each is our most likely one behind those before it."""
    logits = adapters.our_logits(hilo, model, adapter, work, PROMPT + theirs)[len(PROMPT) - 1:-1]
    # llama.cpp is told to go on behind an end of text, which it does by never choosing one.
    logits[:, ENDS] = float("-inf")
    ours = logits.argmax(-1).tolist()
    same = sum(a == b for a, b in zip(ours, theirs))
    unlike = [(i, a, b) for i, (a, b) in enumerate(zip(ours, theirs)) if a != b]
    report.true(f"greedy tokens: {same} of {len(theirs)} as llama.cpp's{f'; (place, ours, theirs): {unlike}' if unlike else ''}",
                same == len(theirs))


def main(hilo: str, model: pathlib.Path, work: pathlib.Path, steps: int) -> None:
    import llama_cpp
    from peft import PeftModel

    torch.set_num_threads(1)
    transformers.utils.logging.disable_progress_bar()
    work.mkdir(parents=True, exist_ok=True)
    run = train(hilo, model, work, steps)
    base, base_gguf = base_models(hilo, model, work)
    table = Table(hilo, model, run, work)
    mixture = adapters.our_logits(hilo, model, run / "adapter", work)

    told = table.export("hilo")
    table.add("hilo", told, "hilo", adapters.our_logits(hilo, model, work / "hilo", work), mixture, 1e-4)
    for form, name, script in (("mola", "MoLA", "check_export_mola.py"),
                               ("moe-peft", "MoE-PEFT", "check_export_moe_peft.py")):
        told = table.export(form)
        logits = tool_logits(script, base, work / form, work / "tool.safetensors")
        if logits is not None:
            table.add(form, told, name, logits, mixture, 1e-4)

    static = table.export("peft-static")
    if not (work / "static-in").exists():
        adapters.run([hilo, "import", work / "peft-static", "--model", model, "--out", work / "static-in"])
    ours = adapters.our_logits(hilo, model, work / "static-in", work)
    loaded = transformers.AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32)
    table.add("peft-static", static, "peft", hugging_face_logits(PeftModel.from_pretrained(loaded, work / "peft-static")),
              ours, 1e-4)
    told = table.export("merged")
    loaded = transformers.AutoModelForCausalLM.from_pretrained(work / "merged", dtype=torch.float32)
    table.add("merged", told, "transformers", hugging_face_logits(loaded), ours, 1e-3)
    text = "It's 12 degrees in Zürich, and 3,000 people don't mind."
    tokens = transformers.AutoTokenizer.from_pretrained(work / "merged")(text)["input_ids"]
    told = table.export("gguf-lora")
    server = llama_cpp.Model(base_gguf, work / "gguf-lora/adapter.gguf")
    table.add("gguf-lora", told, "llama.cpp", server.log_probabilities(adapters.TOKENS, ours.shape[1]),
              ours[-1].log_softmax(0), 1e-2)
    greedy_tokens(table.report, hilo, model, work / "static-in", server.greedy(PROMPT, 64), work)
    del server
    told = table.export("merged-gguf", "--type", "float32")
    server = llama_cpp.Model(work / "merged-gguf/model.gguf")
    table.add("merged-gguf", told, "llama.cpp", server.log_probabilities(adapters.TOKENS, ours.shape[1]),
              ours[-1].log_softmax(0), 1e-2)
    greedy_tokens(table.report, hilo, model, work / "static-in", server.greedy(PROMPT, 64), work)
    print(f"tokenizer.json of the merged folder: {tokens}")
    table.print()
    cost = static["static_approximation"]
    print(f"static approximation: loss {cost['loss_before']:.4f} with routers, {cost['loss_after']:.4f} without; accuracy "
          f"{cost['accuracy_before']:.3f} and {cost['accuracy_after']:.3f} ({cost['rows']} rows); logits differ by at "
          f"most {cost['logit_difference']:.2e}")
    table.report.finish()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        main(sys.argv[1], smollm2.path().resolve(), pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else scratch).resolve(),
             int(sys.argv[3]) if len(sys.argv) > 3 else 30)
