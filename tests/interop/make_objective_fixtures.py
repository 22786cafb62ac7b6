# SPDX-License-Identifier: GPL-3.0-or-later
"""Losses and their derivatives by trl's own functions where it has one (cpo_loss with SimPO, odds_ratio_loss), else by
torch's automatic differentiation of the formula in the paper. Needs torch and trl 1.16; writes reference.json."""

import json
import pathlib
from types import SimpleNamespace

import torch
import torch.nn.functional as F
from trl.experimental.cpo import CPOTrainer
from trl.experimental.orpo import ORPOTrainer

torch.set_default_dtype(torch.float64)
cpu = SimpleNamespace(device="cpu")

# policy and reference sums, tokens: of the chosen and of the rejected answer.
PAIRS = [
    ((-12.5, -14.0, 7), (-20.25, -18.5, 11)),
    ((-30.0, -22.0, 9), (-4.5, -6.0, 3)),
    ((-0.003, -0.5, 1), (-250.0, -248.0, 90)),
    ((-8.0, -8.0, 4), (-8.0, -8.0, 4)),
    ((-1.0, -90.0, 5), (-120.0, -2.0, 6)),
]


def simpo(c, r, s):
    (pc, _, nc), (pr, _, nr) = c, r
    space = SimpleNamespace(alpha=0.0, accelerator=cpu, loss_type="simpo", beta=s["beta"],
                            simpo_gamma=s["gamma_beta_ratio"] * s["beta"], label_smoothing=s["label_smoothing"])
    return CPOTrainer.cpo_loss(space, pc / nc, pr / nr)[0]


def orpo(c, r, s):
    (pc, _, nc), (pr, _, nr) = c, r
    space = SimpleNamespace(accelerator=cpu, beta=s["beta"])
    return -ORPOTrainer.odds_ratio_loss(space, pc / nc, pr / nr)[0]


def dpo(c, r, s):
    margin = (c[0] - c[1]) - (r[0] - r[1])
    b, e = s["beta"], s["label_smoothing"]
    return -F.logsigmoid(b * margin) * (1 - e) - F.logsigmoid(-b * margin) * e


def dpo_hinge(c, r, s):
    return torch.relu(1 - s["beta"] * ((c[0] - c[1]) - (r[0] - r[1])))


def ipo(c, r, s):
    return ((c[0] - c[1]) / c[2] - (r[0] - r[1]) / r[2] - 1 / (2 * s["beta"])) ** 2


CASES = [
    ("dpo", dpo, {"beta": 0.1, "label_smoothing": 0.0}),
    ("dpo", dpo, {"beta": 0.5, "label_smoothing": 0.2}),
    ("dpo-hinge", dpo_hinge, {"beta": 0.1}),
    ("ipo", ipo, {"beta": 0.1}),
    ("simpo", simpo, {"beta": 2.0, "gamma_beta_ratio": 0.5, "label_smoothing": 0.0}),
    ("simpo", simpo, {"beta": 2.5, "gamma_beta_ratio": 0.3, "label_smoothing": 0.1}),
    ("orpo", orpo, {"beta": 0.1}),
]

found = {"pairs": [], "judged": []}
for name, function, settings in CASES:
    for chosen, rejected in PAIRS:
        pc = torch.tensor(chosen[0], requires_grad=True)
        pr = torch.tensor(rejected[0], requires_grad=True)
        # trl casts to float32 for ORPO; the derivative of float32 numbers is compared at its precision.
        loss = function((pc, torch.tensor(chosen[1]), chosen[2]), (pr, torch.tensor(rejected[1]), rejected[2]), settings)
        loss.backward()
        found["pairs"].append({"objective": name, "settings": settings, "chosen": chosen, "rejected": rejected,
                               "loss": loss.item(), "chosen_slope": pc.grad.item(), "rejected_slope": pr.grad.item()})

for good in (True, False):
    for policy, reference, divergence in ((-12.5, -14.0, 0.0), (-40.0, -20.0, 1.25), (-3.0, -300.0, 0.5)):
        settings = {"beta": 0.1, "desirable_weight": 1.5, "undesirable_weight": 0.75}
        p = torch.tensor(policy, requires_grad=True)
        ratio = p - reference
        loss = (settings["desirable_weight"] * (1 - torch.sigmoid(settings["beta"] * (ratio - divergence))) if good else
                settings["undesirable_weight"] * (1 - torch.sigmoid(settings["beta"] * (divergence - ratio))))
        loss.backward()
        found["judged"].append({"objective": "kto", "settings": settings, "policy": policy, "reference": reference,
                                "good": good, "divergence": divergence, "loss": loss.item(), "slope": p.grad.item()})

path = pathlib.Path(__file__).parent.parent / "data" / "objectives" / "reference.json"
path.write_text(json.dumps(found, indent=1) + "\n")
