#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes what tokenizers without a tokenizer.json are compared with, beside texts.json: a tekken.json as mistral_common
reads it, and a GGUF vocabulary "t5" with the ids of sentencepiece, whose results llama.cpp's are to be. Needs
mistral_common, sentencepiece, protobuf, gguf and tokenizers.

    python tokenizer_file_fixtures.py ../data/tokenizers
"""
import base64
import json
import pathlib
import sys

import gguf
import numpy

from tokenizer_kind_fixtures import number, sentence_piece_model
from tokenizer_small_fixtures import byte_to_character

TEKKEN = (r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+"
          r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+")
SPECIAL = ["<unk>", "<s>", "</s>", "[INST]", "[/INST]"]


def tekken(folder, texts):
    from mistral_common.tokens.tokenizers.tekken import Tekkenizer
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers
    folder.mkdir(exist_ok=True)
    file = folder / "tekken.json"
    if not file.exists():
        # Merges learnt by tokenizers, as ranks: the bytes first.
        tokenizer = Tokenizer(models.BPE())
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(TEKKEN), "isolated"),
                                                           pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
        tokenizer.train_from_iterator(texts, trainers.BpeTrainer(vocab_size=700, show_progress=False,
                                                                 initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
        to_byte = {character: byte for byte, character in byte_to_character().items()}
        learnt = [bytes(to_byte[c] for c in piece) for piece, _ in sorted(tokenizer.get_vocab().items(), key=lambda item: item[1]) if len(piece) > 1]
        tokens = [bytes([byte]) for byte in range(256)] + learnt
        vocabulary = [{"rank": i, "token_bytes": base64.b64encode(t).decode(), "token_str": None} for i, t in enumerate(tokens)]
        specials = [{"rank": i, "token_str": name, "is_control": True} for i, name in enumerate(SPECIAL)]
        # Fewer than the list has, and more special tokens than are named.
        config = {"pattern": TEKKEN, "num_vocab_tokens": len(tokens), "default_vocab_size": len(tokens) - 20 + 10,
                  "default_num_special_tokens": 10, "version": "v11"}
        file.write_text(json.dumps({"config": config, "vocab": vocabulary, "special_tokens": specials}, separators=(",", ":")) + "\n")
    reference = Tekkenizer.from_file(str(file))
    numbers = []
    for text in texts:
        # A special token spelled out is one here; there it is text.
        plain = not any(name in text for name in SPECIAL)
        ids = reference.encode(text, bos=False, eos=False)
        numbers.append(number(ids, reference.encode(text, bos=True, eos=False), reference.decode(ids)) if plain else "-")
    (folder / "numbers.txt").write_text("\n".join(numbers) + "\n")
    print(folder.name, sum(n == "-" for n in numbers), "texts left out", file.stat().st_size, "bytes")


def t5(folder, texts, name, **options):
    import sentencepiece
    folder.mkdir(exist_ok=True)
    file = folder / "tokenizer.gguf"
    corpus = texts[:300]
    proto = sentence_piece_model(corpus, vocab_size=420, character_coverage=0.98, pad_id=0, eos_id=1, unk_id=2, bos_id=-1, **options)
    writer = gguf.GGUFWriter(file, "t5")
    writer.add_tokenizer_model("t5")
    writer.add_tokenizer_pre("default")
    writer.add_token_list([piece.piece for piece in proto.pieces])
    writer.add_token_scores([piece.score for piece in proto.pieces])
    writer.add_token_types([piece.type for piece in proto.pieces])
    writer.add_add_space_prefix(proto.normalizer_spec.add_dummy_prefix)
    writer.add_remove_extra_whitespaces(proto.normalizer_spec.remove_extra_whitespaces)
    writer.add_precompiled_charsmap(proto.normalizer_spec.precompiled_charsmap)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.close()
    reference = sentencepiece.SentencePieceProcessor(model_proto=proto.SerializeToString())
    numbers = []
    for text in texts:
        ids = reference.encode(text)
        # Where llama.cpp differs from sentencepiece it is llama.cpp that counts: it keeps a "▁" that stands at the end of
        # a text, and puts no blank before a text of blanks.
        if text.rstrip(" \n\r\t\u00a0\u3000\u200b\u00ad").endswith("▁") or not reference.normalize(text).strip("▁ "):
            numbers.append("-")
            continue
        # sentencepiece writes " ⁇ " for what it does not know; only ids are compared.
        numbers.append(number(ids, ids + [1], ""))
    (folder / "numbers.txt").write_text("\n".join(numbers) + "\n")
    print(name, sum(n == "-" for n in numbers), "texts left out", file.stat().st_size, "bytes")
    assert file.stat().st_size < 100_000, "fixtures are to be small"


if __name__ == "__main__":
    target = pathlib.Path(sys.argv[1])
    all_texts = json.loads((target / "texts.json").read_text(encoding="utf-8"))
    tekken(target / "tekken", all_texts)
    # A text with a 0 byte ends there for some readers; none of texts.json has one.
    t5(target / "gguf-t5", all_texts, "gguf-t5", remove_extra_whitespaces=True)
    t5(target / "gguf-t5-blanks", all_texts, "gguf-t5-blanks", remove_extra_whitespaces=False)
