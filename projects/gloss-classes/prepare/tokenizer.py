#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains the base model's vocabulary and writes it as a Hugging Face tokenizer.json.

    python3 tokenizer.py FOLDER/train.txt ../base

Needs spm_train (Debian: sentencepiece). A byte pair encoding of 4,096 pieces with byte fallback and single digits.
"""
import json
import pathlib
import struct
import subprocess
import sys
import tempfile

SIZE = 4096
SPECIAL = {"<unk>": 0, "<s>": 1, "</s>": 2}


def trained(text: pathlib.Path, folder: str) -> bytes:
    prefix = f"{folder}/bpe"
    subprocess.run(["spm_train", f"--input={text}", f"--model_prefix={prefix}", f"--vocab_size={SIZE}", "--model_type=bpe",
                    "--byte_fallback", "--split_digits", "--normalization_rule_name=identity",
                    "--remove_extra_whitespaces=false", "--character_coverage=0.9999", "--unk_id=0", "--bos_id=1",
                    "--eos_id=2", "--input_sentence_size=200000", "--shuffle_input_sentence=false", "--num_threads=2"],
                   check=True, stderr=subprocess.DEVNULL)
    return pathlib.Path(prefix + ".model").read_bytes()


def varint(data: bytes, at: int):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def fields(data: bytes):
    """(number, value) of a protobuf message: bytes for length-delimited fields, raw bytes for fixed ones."""
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        kind = key & 7
        if kind == 0:
            value, at = varint(data, at)
        else:
            size = {1: 8, 5: 4}.get(kind)
            if size is None:
                size, at = varint(data, at)
            value, at = data[at:at + size], at + size
        yield key >> 3, value


def pieces(model: bytes):
    """(text, score) by id; field 1 of the model is the list of pieces."""
    for number, value in fields(model):
        if number == 1:
            piece = dict(fields(value))
            yield piece[1].decode(), struct.unpack("<f", piece[2])[0] if 2 in piece else 0.0


def tokenizer_json(model: bytes) -> dict:
    scored = list(pieces(model))
    ids = {text: index for index, (text, _) in enumerate(scored)}
    merges = []
    for text, score in scored[len(SPECIAL) + 256:]:
        for cut in range(1, len(text)):
            if text[:cut] in ids and text[cut:] in ids:
                merges.append((-score, ids[text[:cut]], ids[text[cut:]], [text[:cut], text[cut:]]))
    merges.sort(key=lambda merge: merge[:3])
    return {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [{"id": index, "content": text, "single_word": False, "lstrip": False, "rstrip": False,
                          "normalized": False, "special": True} for text, index in SPECIAL.items()],
        "normalizer": {"type": "Sequence", "normalizers": [
            {"type": "Prepend", "prepend": "▁"}, {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]},
        "pre_tokenizer": None,
        "post_processor": {"type": "TemplateProcessing",
                           "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
                           "pair": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                                    {"SpecialToken": {"id": "<s>", "type_id": 1}}, {"Sequence": {"id": "B", "type_id": 1}}],
                           "special_tokens": {"<s>": {"id": "<s>", "ids": [1], "tokens": ["<s>"]}}},
        "decoder": {"type": "Sequence", "decoders": [
            {"type": "Replace", "pattern": {"String": "▁"}, "content": " "}, {"type": "ByteFallback"}, {"type": "Fuse"},
            {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
        "model": {"type": "BPE", "dropout": None, "unk_token": "<unk>", "continuing_subword_prefix": None,
                  "end_of_word_suffix": None, "fuse_unk": True, "byte_fallback": True, "ignore_merges": False,
                  "vocab": ids, "merges": [merge[3] for merge in merges]},
    }


def main(text: pathlib.Path, folder: pathlib.Path) -> None:
    with tempfile.TemporaryDirectory() as work:
        document = tokenizer_json(trained(text, work))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tokenizer.json").write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / "tokenizer_config.json").write_text(json.dumps({
        "tokenizer_class": "PreTrainedTokenizerFast", "bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>",
        "add_bos_token": True, "add_eos_token": False, "model_max_length": 512}, indent=2) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
