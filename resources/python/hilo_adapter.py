# SPDX-License-Identifier: GPL-3.0-or-later
"""Mixtures of LoRA experts of HILO Workbench on models of transformers, exactly as they were trained. Needs PyTorch and safetensors.

    model = load_hilo_adapter(transformers.AutoModelForCausalLM.from_pretrained(BASE), FOLDER)
    model(**batch); model.generate(**batch); model.train()        # as without it; model.hilo.parameters() are what is trained
    model.hilo.routing(**batch)["layers.0.q_proj"].weights        # which experts each token took
    model.hilo.save(NEW_FOLDER); model.hilo.merge_static(batches) # for hilo; into the base's weights, with mean weights for routers
"""
import json
import math
import pathlib
import types

import torch
from safetensors.torch import load_file, save_file
from torch import nn
from torch.nn import functional as F

SCALES = {"alpha_over_rank": lambda alpha, rank, constant: alpha / rank, "constant": lambda alpha, rank, constant: constant,
          "alpha_over_sqrt_rank": lambda alpha, rank, constant: alpha / math.sqrt(rank)}


class HiloError(ValueError):
    """Folder and base do not belong together, or what is asked for cannot be had."""


class Experts(nn.Module):
    """The experts of one linear module behind one another along the rank, R the sum of their ranks: A [R, in], B [out, R], and their
    router [experts + null experts, in]. Where they are LoRAs on the base's own experts ("of_base"), its router chooses them."""

    def __init__(self, key, spec, settings, tensors, state):
        super().__init__()
        self.key, self.state, self.layer, self.of_base = key, state, int(key.split(".")[1]), spec.get("router") == "base"
        self.ranks, self.count, self.nulls = spec["ranks"], len(spec["ranks"]), spec.get("null_experts", 0)
        choices, self.dense, self.drop = self.count + self.nulls, settings["router"] == "dense", settings.get("dropout", 0.0)
        self.top_k, has_router = spec.get("top_k", min(2, choices)), choices > 1 and not self.of_base
        self.share = {"dense": math.inf, "top_p": settings.get("router_top_p", 0.8)}.get(settings["router"])

        def take(name, *shape):
            found = tensors.pop(name, None)
            if found is None or any(wanted not in (None, size) for wanted, size in zip(shape, found.shape)):
                raise HiloError(f"adapter.safetensors has no tensor {name} of the shape {shape}, which the map asks for")
            return found.float()

        names = [f"{key}.experts.{expert}.lora_" for expert in range(self.count)]
        self.a = nn.Parameter(torch.cat([take(name + "A", rank, None) for name, rank in zip(names, self.ranks)]))
        self.b = nn.Parameter(torch.cat([take(name + "B", None, rank) for name, rank in zip(names, self.ranks)], 1))
        self.router = nn.Parameter(take(key + ".router.weight", choices, self.a.shape[1])) if has_router else None
        scale = [SCALES[settings["scaling"]](spec.get("alpha", 16), rank, settings.get("constant_scale", 1.0)) for rank in self.ranks]
        self.register_buffer("of_column", torch.arange(self.count).repeat_interleave(torch.tensor(self.ranks)), persistent=False)
        self.register_buffer("scale", torch.tensor(scale)[self.of_column], persistent=False)

    def gates(self, x):
        """Each token's weights of the true experts, choices it took, softmax over all, in float32. Of equal logits the first wins. Softmax of
        the chosen true experts (2402.08562; null 2406.13233); dense: of all (2312.09979); top_p: of all, the fewest kept (MixLoRA)."""
        shares, none = (logits := F.linear(x.float(), self.router.float())).softmax(-1), torch.zeros_like(logits, dtype=torch.bool)
        order = logits.detach().argsort(dim=-1, descending=True, stable=True)
        if self.share:
            chosen = none.scatter(-1, order, F.pad(shares.detach().gather(-1, order).cumsum(-1)[..., :-1], (1, 0)) < self.share)
            return (shares * chosen)[..., :self.count], chosen, shares
        chosen = none.scatter(-1, order[..., :self.top_k], True)
        some = (true := chosen[..., :self.count]).any(-1, keepdim=True)  # a token that took null experts only has no weight at all
        return logits[..., :self.count].masked_fill(~true, -math.inf).masked_fill(~some, 0.0).softmax(-1) * some, chosen, shares

    def delta(self, x):
        """What is added for x [..., in]: products in x' type, weights in float32."""
        with torch.autocast(x.device.type, enabled=False):
            shrunk = F.linear(F.dropout(x, self.drop, self.training), self.a.to(x.dtype)).float() * self.scale
            if self.router is not None:
                weights, chosen, shares = self.gates(x)
                self.tell(weights, chosen, shares)
                shrunk = shrunk * weights[..., self.of_column]
            return F.linear(shrunk.to(x.dtype), self.b.to(x.dtype))

    def tell(self, weights, chosen, shares):
        """Keeps what the router did for whoever wants to know; padding counts for nothing in the sums."""
        state, mask = self.state, self.state.mask
        if state.taken is not None:
            state.taken[self.key] = types.SimpleNamespace(weights=weights, chosen=chosen)
        if state.sums is None and not self.training:
            return
        shape, weights, chosen, shares = chosen.shape[:-1], *(value.flatten(0, -2).double() for value in (weights, chosen, shares))
        if mask is None or mask.dim() != 2 or len(chosen) % len(mask):
            mask = torch.ones(shape).reshape(-1, shape[-1])
        counts = mask[:, -(len(chosen) // len(mask)):].reshape(-1, 1).to(chosen)
        if state.sums is not None:
            total, seen = state.sums.get(self.key, (0, 0))
            state.sums[self.key] = total + (weights * counts).sum(0), seen + counts.sum()
        state.balance[self] = (chosen * counts).sum(0), (shares * counts).unflatten(0, (len(mask), -1)).sum(1), counts.sum()

    def of_experts(self, expert=slice(None), rows=slice(None)):
        """What the base's own experts get, all of one rank: A [experts, rank, in], B [experts, out, rank] with the scale in it."""
        a, b = self.a.unflatten(0, (self.count, -1)), self.b[rows].unflatten(1, (self.count, -1)).transpose(0, 1)
        return {"a": a[expert], "b": b[expert] * self.scale[0], "drop": self.drop * self.training}

    def tensors(self, of=lambda parameter: parameter):
        """The parameters, or what `of` makes of them (such as their gradients), in the file's parts and under its names."""
        named = {f"{self.key}.experts.{expert}.lora_{part}": value for part, whole, dim in (("A", self.a, 0), ("B", self.b, 1))
                 for expert, value in enumerate(of(whole).split(self.ranks, dim))}
        return named if self.router is None else {**named, self.key + ".router.weight": of(self.router)}


class ExpertWeight(types.SimpleNamespace):
    """In place of a weight of the base's own experts while they are computed: products with it take their LoRA on the way."""

    def __getitem__(self, expert):
        return ExpertWeight(weight=self.weight[expert], a=self.a[expert], b=self.b[expert], drop=self.drop)

    @classmethod
    def __torch_function__(cls, function, kinds, args=(), kwargs=None):
        if function not in (F.linear, torch.bmm, torch.matmul, torch.Tensor.matmul, torch.Tensor.__matmul__) or isinstance(args[0], cls):
            raise HiloError("adapted experts need set_experts_implementation(\"eager\") of the base")
        x, own, *bias = args
        return function(x, own.weight, *bias, **kwargs or {}) + F.dropout(x, own.drop) @ own.a.mT.to(x.dtype) @ own.b.mT.to(x.dtype)


class HiloAdapter(nn.Module):
    """What load_hilo_adapter() puts on a base, as base.hilo: its parameters are what is trained."""

    def __init__(self, base, folder):
        super().__init__()
        self.__dict__["base"], folder = base, pathlib.Path(folder)  # no submodule: it is the base that has this one
        self.description = json.loads((folder / "adapter.json").read_text(encoding="utf-8"))
        settings, told = self.description["settings"], self.description["map"]
        for key, known in (("format", ("hilo.adapter/1",)), ("router", ("top_k", "top_k_null", "dense", "top_p")), ("scaling", tuple(SCALES))):
            value = (self.description if key == "format" else settings).setdefault(key, known[0])
            if value not in known:
                raise HiloError(f"adapter.json: the {key} \"{value}\" is not known; this module knows {', '.join(known)}")
        self.state = types.SimpleNamespace(mask=None, taken=None, sums=None, balance={})
        tensors = load_file(str(folder / "adapter.safetensors"))
        self.experts = nn.ModuleList(Experts(f"layers.{layer['layer']}.{name}", spec, settings, tensors, self.state)
                                     for layer in told["layers"] for name, spec in layer["modules"].items() if spec["ranks"])
        if tensors:
            raise HiloError(f"the map has no place for {', '.join(sorted(tensors)[:3])}: use files that were written together")
        self.places = _places(base, told, self.experts)
        self.handles = [base.register_forward_pre_hook(lambda base, args, kwargs: self.state.__dict__.update(
            mask=kwargs.get("attention_mask", args[1] if len(args) > 1 else None), balance={}), with_kwargs=True)]
        for module, places in zip(self.experts, self.places):
            for place in places:
                self._hook(module.to(next(place[0].parameters()).device), *place)
        if any(module.of_base for module in self.experts) and hasattr(base, "set_experts_implementation"):
            base.set_experts_implementation("eager")  # the others multiply by all experts at once

    def _hook(self, module, target, weight, *part):
        if module.of_base:
            self.handles += [target.register_forward_pre_hook(lambda target, args: target.__dict__.__setitem__(
                weight, ExpertWeight(weight=target._parameters[weight], **module.of_experts(*part)))), target.register_forward_hook(
                    lambda target, args, output: target.__dict__.pop(weight, None) and None, always_call=True)]
        else:
            self.handles.append(target.register_forward_hook(
                lambda target, args, output: output + module.delta(args[0]).to(output.dtype)))

    @torch.no_grad()
    def routing(self, **batch):
        """Runs the model; gives weights [..., experts] and chosen [..., experts + null experts] by each router, "layers.0.q_proj"."""
        self.state.taken = taken = {}
        self.base(**batch)
        self.state.taken = None
        return taken

    def auxiliary_loss(self):
        """Of the last forward pass in training mode, with the run's coefficient, to add to the loss: of each layer N·Σ f·P of its modules
        with as many choices (2402.08562; null experts 2406.13233); dense: how even the batch's rows are (2312.09979)."""
        total, balance = 0.0, self.state.balance
        for module, (slots, shares, tokens) in balance.items():
            layer = {other: told for other, told in balance.items() if other.layer == module.layer}
            slots = sum(told[0] for other, told in layer.items() if (other.count, other.nulls) == (module.count, module.nulls))
            slots = torch.cat([slots[:module.count], slots[module.count:].mean().expand(module.nulls)])
            total = total + (shares.var() / (shares.mean() ** 2 + 1e-10) if module.dense else
                             len(slots) / len(layer) * (slots / slots.sum() * shares.sum(0) / tokens).sum())
        return total * self.description["settings"].get("auxiliary_loss", 0.0)

    def save(self, folder):
        (folder := pathlib.Path(folder)).mkdir(parents=True, exist_ok=True)
        tensors = {name: tensor.detach().float().cpu().contiguous() for one in self.experts for name, tensor in one.tensors().items()}
        save_file(tensors, str(folder / "adapter.safetensors"), metadata={"format": "pt", "hilo": "hilo.adapter/1"})
        kept = {key: self.description[key] for key in ("format", "base_model", "settings", "map") if key in self.description}
        (folder / "adapter.json").write_text(json.dumps(kept, indent=2), encoding="utf-8")

    @torch.no_grad()
    def merge_static(self, batches=()):
        """The base with the experts in its weights, each router replaced by its mean weights over the tokens of the batches (dictionaries
        that the model is called with, such as tokenised training rows); exact where there is no router. The adapter is taken off."""
        sums = self.state.sums = {}
        self.base.eval()
        for batch in batches:
            self.base(**batch)
        self.state.sums = None
        if not sums and any(module.router is not None for module in self.experts):
            raise HiloError("routers have mean weights over tokens only: give merge_static() batches, such as training rows")
        if not all(getattr(place[0], place[1]).is_floating_point() for places in self.places for place in places):
            raise HiloError("the base is quantised: its weights cannot take the experts in")
        for module, places in zip(self.experts, self.places):
            total, seen = sums.get(module.key, (torch.ones(module.count), 1))
            mean = (total / seen).to(module.scale)[module.of_column]
            for target, name, *part in places:
                a, b, *_ = module.of_experts(*part).values() if module.of_base else (module.a, module.b * module.scale * mean)
                getattr(target, name).add_((b @ a).mT if module.turned else b @ a)
        return self.unload()

    def unload(self):
        for handle in self.handles:
            handle.remove()
        del self.base.hilo
        return self.base


def load_hilo_adapter(base, folder):
    """Puts the mixture in a folder (adapter.json, adapter.safetensors) on a model of transformers: base itself, frozen, with what is
    trained as base.hilo. HiloError: another base, tensors that are missing or too many, a router that is not known."""
    if hasattr(base, "hilo"):
        raise HiloError("the base has an adapter already; base.hilo.unload() takes it off")
    base.requires_grad_(False).hilo = HiloAdapter(base, folder).train(base.training)
    return base


def _places(base, told, experts):
    """Of each of experts: module, name of its weight, and of each of a base's own experts as modules its number and its rows of B."""
    config = getattr(base.config, "get_text_config", lambda: base.config)()
    if config.model_type.removesuffix("_text") != told["model"]["architecture"].removesuffix("_text"):
        raise HiloError(f"the adapter was made for a {told['model']['architecture']}, the base is a {config.model_type}")
    lists = {path: one for path, one in base.named_modules() if isinstance(one, nn.ModuleList) and path.split(".")[-1] in ("layers", "h")}
    fitting = [one for path, one in sorted(lists.items(), key=lambda item: "language" not in item[0]) if len(one) == len(told["layers"])]
    if not fitting:
        raise HiloError(f"the adapter has {len(told['layers'])} layers, the base {' or '.join(str(len(one)) for one in lists.values())}")
    return [_place(fitting[0][one.layer], one) for one in experts]


def _place(layer, experts):
    name, part, found, half = experts.key.split(".", 2)[2], experts.key.split(".")[-1], [], len(experts.b) // 2
    fused = {"gate_up_proj": ("input_linear", (("w1", "gate_proj", slice(half)), ("w3", "up_proj", slice(half, None)))),
             "down_proj": ("output_linear", (("w2", "down_proj", slice(None)),))}.get(part)
    for path, module in layer.named_modules():
        owner = path.split(".")[-1]
        if not experts.of_base:
            found += [(module, "weight")] if f".{path}".endswith("." + name) and ".experts." not in path else []
        elif owner == "experts" and isinstance(module, nn.ModuleList):
            found += [(getattr(one, word if hasattr(one, word) else short), "weight", number, rows)
                      for number, one in enumerate(module) for short, word, rows in fused[1]]
        elif owner == "experts" and part in module._parameters or owner == fused[0] and module.weight.dim() == 3:
            found.append((module, part if owner == "experts" else "weight"))
    if not found or len(found) > 1 and len(found[0]) == 2:
        raise HiloError(f"{experts.key}: that layer of the base has {len(found)} modules {name}")
    target, weight, *place = found[0]
    experts.turned = getattr(target, "is_transposed", hasattr(target, "nf") or type(target).__name__.startswith("GptOss"))
    wanted = (len(experts.b[place[1] if place else slice(None)]), experts.a.shape[1])
    has = (target.out_features, target.in_features) if hasattr(target, "in_features") else tuple(getattr(target, weight).shape[-2:])
    if (has[::-1] if experts.turned else has) != wanted:
        raise HiloError(f"{experts.key}: the base's weight has the sizes {has}, the adapter wants {wanted}")
    return found
