#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""PL_Alpha_Hill, its corrected form and Hill with k = N/2 of `hilo profile` against NumPy readings of the formulas
(methods: 2410.10054 steps 1 to 6) on singular values by LAPACK. Needs numpy and safetensors.

    check_alpha_hill.py HILO_PROGRAM [MODEL_FOLDER...]

Without a folder: two tiny models of the tests.
"""
import json
import subprocess
import sys
from pathlib import Path

import numpy
from safetensors.numpy import load_file

TOLERANCE = 1e-4


def squared_singular_values(weight):
    return numpy.sort(numpy.linalg.svd(weight.astype(numpy.float64), compute_uv=False) ** 2)


def alpha_hill(eigenvalues, corrected):
    eigenvalues = numpy.maximum(eigenvalues, 1e-30)
    count = len(eigenvalues)
    counts, edges = numpy.histogram(numpy.log10(eigenvalues), bins=100)
    peak = 10 ** edges[numpy.argmax(counts)]
    lowest = 0.95 * peak if corrected else numpy.log10(0.95 * peak)
    logs = numpy.log(eigenvalues)
    alphas, distances = [], []
    for first in range(count - 1):
        if not lowest <= eigenvalues[first] <= 1.5 * peak:
            continue
        tail = count - first
        alpha = 1 + tail / (logs[first:].sum() - tail * logs[first])
        model = 1 - (eigenvalues[first:] / eigenvalues[first]) ** (1 - alpha)
        alphas.append(alpha)
        distances.append(numpy.abs(model - numpy.arange(tail) / tail).max() if alpha > 1 else 1.0)
    return alphas[int(numpy.argmin(distances))]


def hill_of_half(eigenvalues):
    half = len(eigenvalues) // 2
    logs = numpy.log(numpy.maximum(eigenvalues, 1e-30))
    return 1 + half / (logs[-half:] - logs[-half - 1]).sum()


def check(program, folder):
    output = subprocess.run([program, "profile", str(folder), "--no-cache", "--threads", "1", "--signals",
                             "pl_alpha_hill,pl_alpha_hill_corrected,hill_half", "--json"],
                            check=True, capture_output=True, text=True).stdout
    signals = json.loads(output)["signals"]
    tensors = {}
    for file in sorted(folder.glob("model*.safetensors")):
        tensors.update(load_file(file))
    compared, worst = 0, 0.0
    for module in signals["pl_alpha_hill"]["modules"]:
        names = [name for name in tensors if name.endswith("." + module + ".weight")]
        names.sort(key=lambda name: [int(part) for part in name.split(".") if part.isdigit()])
        for layer, name in enumerate(names):
            eigenvalues = squared_singular_values(tensors[name])
            for signal, expected in (("pl_alpha_hill", alpha_hill(eigenvalues, False)),
                                     ("pl_alpha_hill_corrected", alpha_hill(eigenvalues, True)),
                                     ("hill_half", hill_of_half(eigenvalues))):
                found = signals[signal]["modules"][module][layer]
                worst = max(worst, abs(found - expected))
                if abs(found - expected) > TOLERANCE:
                    sys.exit(f"{folder}: {signal} of {name} is {found}, expected {expected}")
                compared += 1
    if compared == 0:
        sys.exit(f"{folder}: nothing was compared")
    print(f"{folder.name}: {compared} values, largest difference {worst:.2e}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    root = Path(__file__).resolve().parents[2]
    for name in sys.argv[2:] or [root / "tests/data/models" / model for model in ("llama", "mistral")]:
        check(sys.argv[1], Path(name))
