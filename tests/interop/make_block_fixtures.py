#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/data/formats/blocks.json: random blocks of every GGUF block type and what the gguf package makes of them,
the first values spelled out and a number over the bits of all; with --seed FILE a GGUF file with a block of each for
fuzzing. Needs gguf and numpy.

    python make_block_fixtures.py ../data/formats
"""
import json
import pathlib
import sys

import gguf
import numpy
from gguf import GGMLQuantizationType as Type

BLOCKS = 6
TYPES = [Type.Q4_0, Type.Q4_1, Type.Q5_0, Type.Q5_1, Type.Q8_0, Type.Q2_K, Type.Q3_K, Type.Q4_K, Type.Q5_K, Type.Q6_K, Type.IQ1_S,
         Type.IQ1_M, Type.IQ2_XXS, Type.IQ2_XS, Type.IQ2_S, Type.IQ3_XXS, Type.IQ3_S, Type.IQ4_NL, Type.IQ4_XS, Type.TQ1_0, Type.TQ2_0,
         Type.MXFP4, Type.NVFP4]


def fingerprint(data):
    """FNV-1a over bytes."""
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return f"{value:016x}"


def finite_block(random, kind):
    elements, size = gguf.GGML_QUANT_SIZES[kind]
    while True:
        block = random.integers(0, 256, (1, size), dtype=numpy.uint8)
        values = gguf.dequantize(block, kind)
        if numpy.isfinite(values).all():
            return block


def main(folder):
    random = numpy.random.default_rng(41)
    rows = []
    blocks = {}
    for kind in TYPES:
        data = numpy.concatenate([finite_block(random, kind) for _ in range(BLOCKS)], axis=-1)
        values = gguf.dequantize(data, kind).astype(numpy.float32).ravel()
        blocks[kind] = data
        rows.append({"type": kind.name, "bytes": data.tobytes().hex(), "elements": values.size,
                     "first": [float(v) for v in values[:6]], "last": float(values[-1]), "bits": fingerprint(values.astype("<f4").tobytes())})
    (folder / "blocks.json").write_text("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")
    print((folder / "blocks.json").stat().st_size, "bytes")
    if "--seed" in sys.argv:
        writer = gguf.GGUFWriter(sys.argv[sys.argv.index("--seed") + 1], "llama")
        for kind, data in blocks.items():
            writer.add_tensor(f"blk.{int(kind)}.weight", data[:, :gguf.GGML_QUANT_SIZES[kind][1]], raw_dtype=kind)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
