#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exports mixtures for Python and puts them on models of transformers with the module in the exported folder: a tiny model of every
family, experts and ranks that differ, every kind of router, and LoRAs on a base's own experts. Compared with this project: logits of
rows alone, padded on either side and packed, the gradients of a training step with the auxiliary loss, tokens generated with a
cache, what the routers chose, merging with mean weights (the sample model, trained for a few steps), saving. Needs torch,
transformers and safetensors.

    python check_export_python.py BUILD_FOLDER/bin/hilo [FAMILY...]

HILO_OLD_PYTHON: a Python with torch 2.2 and transformers 4.45, which runs the same checks once more; families that it does not know
or reads otherwise are named and left out.
"""
import importlib.util
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import adapters
import torch
import transformers
from safetensors.torch import load_file

SPLIT = 9  # the tokens are two rows: those before and behind
ROUTERS = ("top_k_null", "dense", "top_p", "top_k")  # the first also has modules without null experts
NEW = int(transformers.__version__.split(".")[0]) >= 5
SAMPLE = adapters.ROOT / "projects/gloss-classes"


def mixture(router: str):
    """Counts, ranks and top-k that differ by layer and module; some modules with one expert or without any."""
    def module_of(layer: int, name: str):
        number = layer * 7 + sum(map(ord, name))
        if number % 7 == 0:
            return None
        count = 1 + number % 4
        module = {"ranks": [1 + (number + 3 * expert) % 4 for expert in range(count)], "top_k": min(count, 1 + number % 2), "alpha": 6}
        if router == "top_k_null" and count > 1 and number % 3:
            module["null_experts"] = 1 + number % 2
        return module
    return module_of


def as_old_config(config: dict) -> dict:
    """As transformers 4.45 reads it."""
    config = dict(config, torch_dtype="float32")
    rope = config.pop("rope_parameters", None) or {}
    if "rope_theta" in rope:
        config["rope_theta"] = config["rotary_emb_base"] = rope["rope_theta"]
        rest = {key: value for key, value in rope.items() if key not in ("rope_theta", "partial_rotary_factor")}
        if rest.get("rope_type") != "default":
            config["rope_scaling"] = rest
        if "partial_rotary_factor" in rope:
            config["partial_rotary_factor"] = config["rotary_pct"] = rope["partial_rotary_factor"]
    return config


def load(model: pathlib.Path, scratch: pathlib.Path) -> torch.nn.Module:
    if NEW:
        config = transformers.AutoConfig.from_pretrained(model)
        known = type(config) in transformers.AutoModelForCausalLM._model_mapping
        kind = transformers.AutoModelForCausalLM if known else transformers.AutoModelForImageTextToText
        # The grouped products of torch want sizes that tiny experts do not have.
        is_mixture = any(hasattr(config, key) for key in ("num_experts", "num_local_experts"))
        more = {"experts_implementation": "eager"} if is_mixture else {}
        return kind.from_pretrained(model, dtype=torch.float32, attn_implementation="eager", **more).eval()
    copy = scratch / "old"
    if not copy.exists():
        shutil.copytree(model, copy)
        (copy / "config.json").write_text(json.dumps(as_old_config(json.loads((model / "config.json").read_text()))))
    return transformers.AutoModelForCausalLM.from_pretrained(copy, torch_dtype=torch.float32, attn_implementation="eager").eval()


def module_in(folder: pathlib.Path):
    spec = importlib.util.spec_from_file_location("hilo_adapter", folder / "hilo_adapter.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def alone(model, rows: list) -> torch.Tensor:
    with torch.no_grad():
        return torch.cat([model(torch.tensor([row])).logits[0] for row in rows])


def padded(model, rows: list, left: bool) -> torch.Tensor:
    width = max(map(len, rows))
    tokens, mask = torch.zeros(len(rows), width, dtype=torch.long), torch.zeros(len(rows), width, dtype=torch.long)
    for number, row in enumerate(rows):
        part = slice(width - len(row), width) if left else slice(len(row))
        tokens[number, part], mask[number, part] = torch.tensor(row), 1
    more = {"position_ids": (mask.cumsum(1) - 1).clamp(min=0)} if left else {}
    with torch.no_grad():
        return model(input_ids=tokens, attention_mask=mask, **more).logits[mask.bool()]


def packed(model, rows: list) -> torch.Tensor:
    """All rows in one, each with positions of its own and a mask that keeps them apart."""
    row = torch.cat([torch.full((len(one),), number) for number, one in enumerate(rows)])
    sees = (row[:, None] == row[None]) & torch.ones(len(row), len(row)).tril().bool()
    mask = torch.zeros(1, 1, len(row), len(row)).masked_fill(~sees, torch.finfo(torch.float32).min)
    positions = torch.cat([torch.arange(len(one)) for one in rows])[None]
    with torch.no_grad():
        return model(input_ids=torch.tensor([sum(rows, [])]), attention_mask=mask, position_ids=positions).logits[0]


def by_positions(model, rows: list) -> torch.Tensor:
    """The same without a mask: newer transformers keeps rows apart by positions that begin again, windows too."""
    positions = torch.cat([torch.arange(len(one)) for one in rows])[None]
    with torch.no_grad():
        return model(input_ids=torch.tensor([sum(rows, [])]), position_ids=positions, use_cache=False).logits[0]


FORMS = {"padded right": lambda model, rows: padded(model, rows, False), "padded left": lambda model, rows: padded(model, rows, True),
         "packed": packed, "packed, told by positions": by_positions}


def forms_of(base, rows: list, plain: torch.Tensor) -> list:
    """Those in which transformers' own model without an adapter gives a row's logits as it does for the row alone."""
    kept = []
    for name, form in FORMS.items():
        try:
            if float((form(base, rows) - plain).abs().max()) <= 1e-5:
                kept.append(name)
        except (RuntimeError, ValueError, TypeError, IndexError):
            pass
    return kept


def gradients(model, rows: list) -> tuple:
    """Of the loss that dump_gradients has, over rows padded on the right. The base's own dropout, which hilo has not, is off."""
    width = max(map(len, rows))
    model.hilo.train()
    tokens = torch.tensor([row + [0] * (width - len(row)) for row in rows])
    mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in rows])
    logits = model(input_ids=tokens, attention_mask=mask).logits
    kept = mask[:, 1:].bool()
    loss = torch.nn.functional.cross_entropy(logits[:, :-1][kept], tokens[:, 1:][kept]) + model.hilo.auxiliary_loss()
    loss.backward()
    found = {}
    for module in model.hilo.experts:
        found.update(module.tensors(lambda parameter: parameter.grad if parameter.grad is not None else torch.zeros_like(parameter)))
    model.zero_grad()
    model.hilo.eval()
    return float(loss.detach()), found


def our_gradients(hilo: str, model: pathlib.Path, scratch: pathlib.Path, rows: list) -> tuple:
    """Our logits of all rows behind one another, the loss, and its gradients by name."""
    tokens = rows[0] + [word for row in rows[1:] for word in ["/", *row]]
    adapters.run([adapters.program(hilo, "dump_gradients"), model, scratch / "python", scratch / "ours.safetensors", *tokens])
    ours = load_file(str(scratch / "ours.safetensors"))
    return ours.pop("logits"), float(ours.pop("loss")), ours


def check_gradients(report, what: str, model, rows: list, loss: float, ours: dict) -> None:
    found_loss, found = gradients(model, rows)
    report.true(f"{what}: loss {found_loss:.6f}, ours {loss:.6f}", abs(found_loss - loss) <= 1e-4)
    report.true(f"{what}: {len(found)} gradients by name", found.keys() == ours.keys())
    worst, allowed = apart(found, ours), 1e-4 * max(1, max(float(value.abs().max()) for value in ours.values()))
    if worst > allowed:  # some models magnify roundings: how far does float64 alone move transformers' own?
        allowed = max(allowed, 8 * apart(found, gradients(model.double(), rows)[1]))
        model.float()
    report.true(f"{what}: gradients differ by {worst:.1e} at most (tolerance {allowed:.1e})", worst <= allowed)


def apart(one: dict, other: dict) -> float:
    return max(float((one[name] - other[name]).abs().max()) for name in other)


def check_router(report, what: str, model, rows: list, router: str) -> None:
    taken, wrong = model.hilo.routing(input_ids=torch.tensor([rows[0]])), 0
    for experts in model.hilo.experts:
        if experts.router is None:
            continue
        weights, chosen = taken[experts.key].weights, taken[experts.key].chosen
        true = chosen[..., :experts.count]
        # A dense router's weight may be too small for float32.
        wrong += not experts.dense and not torch.equal(weights > 0, true)
        if router == "top_p":
            wrong += int((weights.sum(-1) < experts.share - 1e-6).sum()) + int((chosen.sum(-1) < 1).sum())
            continue
        wrong += int((chosen.sum(-1) != (chosen.shape[-1] if experts.dense else experts.top_k)).sum())
        wrong += float((weights.sum(-1) - true.any(-1).float()).abs().max()) > 1e-5 and router != "dense"
    report.true(f"{what}: routers tell what they chose ({len(taken)} of them)", wrong == 0 and len(taken) > 0)


def made_with_cache(model, prompt: list) -> list:
    with torch.no_grad():
        return model.generate(torch.tensor([prompt]), attention_mask=torch.ones(1, len(prompt), dtype=torch.long), max_new_tokens=8,
                              min_new_tokens=8, do_sample=False, use_cache=True, pad_token_id=0, eos_token_id=None)[0].tolist()


def lost_by(made: list, prompt: list, logits: torch.Tensor) -> float:
    """How far the tokens behind the prompt are below the likeliest."""
    logits, new = logits[len(prompt) - 1:-1], torch.tensor(made[len(prompt):])
    return float((logits.max(-1).values - logits.gather(1, new[:, None])[:, 0]).max())


def check_generation(report, hilo: str, what: str, model, adapter, base: pathlib.Path, prompt: list, scratch: pathlib.Path) -> None:
    """Greedy with a cache: each token is our most likely one behind those before it."""
    made = made_with_cache(model, prompt)
    lost, new = lost_by(made, prompt, adapters.our_logits(hilo, base, adapter, scratch, made)), made[len(prompt):]
    report.true(f"{what}: 8 tokens with a cache are ours (at most {lost:.1e} below our likeliest)", len(new) == 8 and lost <= 1e-4)


def check_bfloat16(report, what: str, model, rows: list) -> None:
    """Base and adapter in bfloat16; where there is a GPU, the same numbers there but for their rounding."""
    model = model.to(torch.bfloat16)
    rounded = alone(model, rows)
    report.true(f"{what}: finite in bfloat16", bool(rounded.isfinite().all()) and (not NEW or rounded.dtype == torch.bfloat16))
    if torch.cuda.is_available():
        model, tokens = model.to("cuda"), torch.tensor([rows[0]], device="cuda")
        with torch.no_grad():
            there = model(tokens).logits[0].cpu().float()
        report.true(f"{what}: bfloat16 on CUDA is as near as it is here", float((there - rounded[:SPLIT].float()).abs().median()) <= 0.05)
        tokens = model.generate(tokens, max_new_tokens=4, min_new_tokens=4, do_sample=False, pad_token_id=0, eos_token_id=None)
        report.true(f"{what}: generates on CUDA", tokens.shape[1] == SPLIT + 4)


def check_family(report, hilo: str, model: pathlib.Path, router: str, scratch: pathlib.Path) -> None:
    what = f"{model.name}, {router}"
    stored = load_file(str(model / "expected.safetensors"))
    try:
        base = load(model, scratch.parent)
        with torch.no_grad():
            difference = float((base(stored["tokens"][None]).logits[0] - stored["logits"]).abs().max())
    except (KeyError, ValueError, RuntimeError, AttributeError, TypeError) as error:
        if NEW:
            raise
        print(f"skip  {model.name}: transformers {transformers.__version__}: {str(error).splitlines()[0][:90]}")
        raise LookupError from error
    if not NEW and not difference <= 1e-4:
        print(f"skip  {model.name}: transformers {transformers.__version__} computes another model from these files ({difference:.1e})")
        raise LookupError
    config = adapters.text_config(json.loads((model / "config.json").read_text()))
    tokens = [token % config["vocab_size"] for token in adapters.TOKENS]
    rows = [tokens[:SPLIT], tokens[SPLIT:]]
    settings = {} if model.parent == adapters.MODELS else {"shapes": adapters.stored_shapes(model)}
    if router == ROUTERS[0]:
        settings["experts"] = json.loads((scratch.parent / "experts.json").read_text())
    adapters.write_adapter(scratch / "own", model, mixture(router), "alpha_over_sqrt_rank" if router == "dense" else "alpha_over_rank",
                           router, **settings)
    description = json.loads((scratch / "own/adapter.json").read_text())
    description["settings"]["auxiliary_loss"] = 0.5
    (scratch / "own/adapter.json").write_text(json.dumps(description))
    told = adapters.export(hilo, scratch / "own", model, "python", scratch / "python")
    report.true(f"{what}: verdict {told['verdict']}", told["verdict"] == "exact")
    expected = our_gradients(hilo, model, scratch, rows)[0]
    plain = alone(base, rows)
    forms = forms_of(base, rows, plain)
    made = made_with_cache(base, rows[0])
    keeps_a_cache = lost_by(made, rows[0], alone(base, [made])) <= 1e-4
    module = module_in(scratch / "python")
    adapted = module.load_hilo_adapter(base, scratch / "python")
    report.true(f"{what}: the adapter changes the logits", float((expected - plain).abs().max()) > 1e-3)
    report.near(f"{what}: rows alone", alone(adapted, rows), expected, 1e-4)
    for form in forms:
        report.near(f"{what}: {form}", FORMS[form](adapted, rows), expected, 1e-4)
    for form in [one for one in FORMS if one not in forms]:
        print(f"      {what}: {form} is not checked: transformers' own model gives other logits so")
    graded = rows if "padded right" in forms else rows[:1]
    check_gradients(report, what, adapted, graded, *our_gradients(hilo, model, scratch, graded)[1:])
    if any(experts.router is not None for experts in adapted.hilo.experts):
        check_router(report, what, adapted, rows, router)
    if router == ROUTERS[0]:
        if keeps_a_cache:
            check_generation(report, hilo, what, adapted, scratch / "own", model, rows[0], scratch)
        else:
            print(f"      {what}: generation is not checked: transformers' own model gives other tokens with a cache")
        adapted.hilo.save(scratch / "saved")
        back = adapters.our_logits(hilo, model, scratch / "saved", scratch, rows[0])
        report.near(f"{what}: saved, in hilo", back, expected[:SPLIT], 1e-5)
        check_bfloat16(report, what, adapted, rows)


def check_merging(report, hilo: str, model: pathlib.Path, scratch: pathlib.Path) -> None:
    """Without routers nothing is lost; what is off is off."""
    base = load(model, scratch)
    tokens = [token % base.config.get_text_config().vocab_size for token in adapters.TOKENS]
    plain = alone(base, [tokens])
    adapters.write_adapter(scratch / "own", model, lambda layer, name: {"ranks": [1 + layer], "top_k": 1, "alpha": 3},
                           shapes=None if model.parent == adapters.MODELS else adapters.stored_shapes(model),
                           experts=adapters.experts_of(base) if NEW else None)
    adapters.export(hilo, scratch / "own", model, "python", scratch / "python")
    module = module_in(scratch / "python")
    adapted = module.load_hilo_adapter(base, scratch / "python")
    ours = adapters.our_logits(hilo, model, scratch / "own", scratch, tokens)
    report.near(f"{model.name}: taken off", alone(adapted.hilo.unload(), [tokens]), plain, 0)
    merged = module.load_hilo_adapter(base, scratch / "python").hilo.merge_static()
    report.true(f"{model.name}: merged, no adapter is left", not hasattr(merged, "hilo"))
    report.near(f"{model.name}: merged", alone(merged, [tokens]), ours, 1e-4)


def check_refusals(report, hilo: str, scratch: pathlib.Path) -> None:
    model = adapters.MODELS / "llama"
    adapters.write_adapter(scratch / "own", model, mixture("top_k"))
    adapters.export(hilo, scratch / "own", model, "python", scratch / "python")
    module = module_in(scratch / "python")

    def refused(what: str, base, part: str, change=None) -> None:
        folder = scratch / what.replace(" ", "-")
        shutil.copytree(scratch / "python", folder)
        if change:
            change(folder)
        try:
            module.load_hilo_adapter(base, folder)
            report.true(f"refused: {what}", False)
        except module.HiloError as error:
            report.true(f"refused: {what}: {error}", part in str(error) and not hasattr(base, "hilo"))

    def settings(key: str, value):
        def change(folder: pathlib.Path) -> None:
            description = json.loads((folder / "adapter.json").read_text())
            description["settings"][key] = value
            (folder / "adapter.json").write_text(json.dumps(description))
        return change

    def tensors(edit):
        def change(folder: pathlib.Path) -> None:
            weights = load_file(str(folder / "adapter.safetensors"))
            edit(weights)
            adapters.save_file(weights, str(folder / "adapter.safetensors"))
        return change

    first = sorted(load_file(str(scratch / "python/adapter.safetensors")))[0]
    refused("another architecture", load(adapters.MODELS / "qwen2", scratch / "qwen2"), "the base is a qwen2")
    config = transformers.LlamaConfig(hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=4, vocab_size=61)
    refused("other layers", transformers.LlamaForCausalLM(config), "3 layers, the base 2")
    config.num_hidden_layers, config.hidden_size = 3, 64
    refused("other sizes", transformers.LlamaForCausalLM(config), "the adapter wants")
    base = load(model, scratch / "llama")
    refused("an unknown router", base, "\"soft\" is not known", settings("router", "soft"))
    refused("an unknown scaling", base, "is not known", settings("scaling", "log"))
    refused("a missing tensor", base, first, tensors(lambda weights: weights.pop(first)))
    refused("a tensor too many", base, "no place for extra", tensors(lambda weights: weights.update(extra=torch.zeros(1))))
    refused("another shape", base, "the map asks for", tensors(lambda weights: weights.update({first: torch.zeros(1, 1)})))
    module.load_hilo_adapter(base, scratch / "python")
    try:
        module.load_hilo_adapter(base, scratch / "python")
        report.true("refused: a second adapter", False)
    except module.HiloError as error:
        report.true(f"refused: a second adapter: {error}", "has an adapter" in str(error))
    try:
        base.hilo.merge_static()
        report.true("refused: mean weights of nothing", False)
    except module.HiloError as error:
        report.true(f"refused: mean weights of nothing: {error}", "batches" in str(error))


def check_sample(report, hilo: str, scratch: pathlib.Path) -> None:
    """A HILO mixture trained on the sample project's model: generated text, and the static form, against ours."""
    import losses
    spec = {"format": "hilo.run/1", "name": "python", "model": {"path": str(SAMPLE / "base")},
            "data": {"path": str(scratch / "rows"), "template": "prompt-completion"}, "map": str(scratch / "hilo.map.json"),
            "training": {"steps": 30, "batch_size": 4, "learning_rate": 0.003, "max_length": 64, "dtype": "float32", "threads": 1},
            "evaluation": {"protocol": "loss", "split": "validation"}}
    rows = [{"prompt": f"the number behind {number} is", "completion": f" {number + 1} ."} for number in range(24)]
    losses.write_rows(scratch / "rows", {"train": rows, "validation": rows[:8]})
    adapters.run([hilo, "allocate", SAMPLE / "base", "--strategy", "hilo", "--set", "experts=2468", "--set", "ranks=2468", "--out",
                  scratch / "hilo.map.json"])
    (scratch / "run.json").write_text(json.dumps(spec))
    adapters.run([hilo, "train", scratch / "run.json", "--out", scratch / "run"])
    for form in ("python", "peft-static"):
        adapters.run([hilo, "export", scratch / "run", "--to", form, "--out", scratch / form, "--threads", 1, "--calibration-rows", 1000])
    tokenizer = transformers.AutoTokenizer.from_pretrained(SAMPLE / "base")
    base = load(SAMPLE / "base", scratch / "sample")
    model = module_in(scratch / "python").load_hilo_adapter(base, scratch / "python")
    for prompt in ("the number behind 7 is", "a small tree"):
        ours = json.loads(adapters.run([hilo, "generate", SAMPLE / "base", "--adapter", scratch / "python", "--prompt", prompt,
                                        "--max-tokens", 12, "--json"]).stdout)
        tokens = tokenizer(prompt, return_tensors="pt")
        with torch.no_grad():
            made = model.generate(tokens["input_ids"], attention_mask=tokens["attention_mask"], max_new_tokens=12, do_sample=False)
        text = tokenizer.decode(made[0, tokens["input_ids"].shape[1]:], skip_special_tokens=True)
        report.true(f"sample: generated {text!r}, hilo {ours['text']!r}", text.strip() == ours["text"].strip() and
                    tokens["input_ids"].shape[1] == ours["prompt_tokens"])
    # A row's last token predicts nothing, so that calibration leaves it out.
    batches = [{"input_ids": torch.tensor([losses.tokens_of(tokenizer, "prompt-completion", row)[0][:-1]])} for row in rows]
    merged = model.hilo.merge_static(batches)
    adapters.run([hilo, "import", scratch / "peft-static", "--model", SAMPLE / "base", "--out", scratch / "static"])
    expected = adapters.our_logits(hilo, SAMPLE / "base", scratch / "static", scratch)
    report.near("sample: merge_static() is peft-static", alone(merged, [adapters.TOKENS]), expected, 1e-4)


def experts_of(model: pathlib.Path, scratch: pathlib.Path) -> None:
    """What the newest transformers says of the base's own experts, for the older one too."""
    if NEW:
        (scratch / "experts.json").write_text(json.dumps(adapters.experts_of(load(model, scratch))))


def main(hilo: str, names: list) -> None:
    torch.set_num_threads(1)
    transformers.utils.logging.disable_progress_bar()
    report = adapters.Report()
    print(f"torch {torch.__version__}, transformers {transformers.__version__}", flush=True)
    models = sorted(path for folder in (adapters.MODELS, adapters.FAMILIES) for path in folder.iterdir() if path.is_dir())
    kept = pathlib.Path(os.environ.get("HILO_PYTHON_SCRATCH") or tempfile.mkdtemp())
    for model in models:
        if names and model.name not in names:
            continue
        scratch = kept / model.name
        scratch.mkdir(exist_ok=True)
        experts_of(model, scratch)
        try:
            for router in ROUTERS if model.parent == adapters.MODELS else ROUTERS[:2]:
                with tempfile.TemporaryDirectory(dir=scratch) as own:
                    check_family(report, hilo, model, router, pathlib.Path(own))
        except LookupError:
            pass
    for name in ("llama", "gpt2") if not NEW else ("llama", "gpt2", "phi3", "mixtral", "gpt_oss"):
        if names and "merging" not in names:
            break
        model = next(folder / name for folder in (adapters.MODELS, adapters.FAMILIES) if (folder / name).exists())
        with tempfile.TemporaryDirectory() as scratch:
            check_merging(report, hilo, model, pathlib.Path(scratch))
    if not names or "refusals" in names:
        with tempfile.TemporaryDirectory() as scratch:
            check_refusals(report, hilo, pathlib.Path(scratch))
    if not names or "sample" in names:
        with tempfile.TemporaryDirectory() as scratch:
            check_sample(report, hilo, pathlib.Path(scratch))
    if "HILO_OLD_PYTHON" in os.environ and "HILO_PYTHON_SCRATCH" not in os.environ:
        environment = dict(os.environ, HILO_PYTHON_SCRATCH=str(kept))
        done = subprocess.run([os.environ["HILO_OLD_PYTHON"], *sys.argv], env=environment)
        report.true("the same with HILO_OLD_PYTHON", done.returncode == 0)
    if "HILO_PYTHON_SCRATCH" not in os.environ:
        shutil.rmtree(kept)
    report.finish()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
