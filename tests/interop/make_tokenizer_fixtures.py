#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/data/tokenizers: small tokenizers of every supported kind with the ids that Hugging Face's tokenizers
gives for tricky strings. Needs the tokenizers package.

    python make_tokenizer_fixtures.py ../data/tokenizers ../../projects/gloss-classes/data/train.jsonl
"""
import json
import pathlib
import random
import sys

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
LLAMA3 = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|"
          r"\s+(?!\S)|\s+")
QWEN = LLAMA3.replace(r"\p{N}{1,3}", r"\p{N}")

STRINGS = [
    "", " ", "  ", "\n", "\t\n", "Hello world", " Hello, world!", "ied 4 ½ months", "3333", "12345678", "I'm, you'Re, we'LL",
    "Cửa Việt", "    Hello\n    Hello", "\n\n\n", "a\r\nb", "naïve café", "ångström A\u030a", "🚀 (normal) 😶‍🌫️ 🇩🇪",
    "日本語のテキスト", "한국어", "العربية", "नमस्ते", "x=1;y=2//z", "<s>hello</s>", "<|im_start|>user\nHi<|im_end|>\n",
    "a<|im_end|>b <|im_end|> c", "\u00a0non\u2003breaking\u3000space", "e\u0301", "ﬁ ligature", "zero\u200bwidth", "tab\tseparated",
    "ends with space ", " \n ", "a" * 300, "\u0000null", "\ufffd", "\U0010ffff", "don't DON'T", "1.5e-3%", "__init__", "µ², ∑ ≥ 3",
]


def corpus(path):
    for line in path.read_text(encoding="utf-8").splitlines()[:4000]:
        yield json.loads(line)["text"]
    yield from STRINGS


def byte_level(text, pattern, ignore_merges=False, normalizer=None, special=("<|endoftext|>",), plain=()):
    tokenizer = Tokenizer(models.BPE(ignore_merges=ignore_merges))
    if normalizer:
        tokenizer.normalizer = normalizer
    if pattern:
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
            pre_tokenizers.Split(Regex(pattern), "isolated"), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    else:
        tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(text, trainers.BpeTrainer(
        vocab_size=700, special_tokens=list(special), initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False))
    tokenizer.add_tokens([AddedToken(t, normalized=True) for t in plain])
    return tokenizer


def sentence_piece(text, metaspace):
    vocabulary = {"<unk>": 0, "<s>": 1, "</s>": 2}
    for byte in range(256):
        vocabulary[f"<0x{byte:02X}>"] = len(vocabulary)
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.train_from_iterator(text, trainers.BpeTrainer(vocab_size=500, special_tokens=list(vocabulary),
                                                            limit_alphabet=70, show_progress=False))
    if metaspace:
        tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="first", split=False)
    else:
        tokenizer.pre_tokenizer = None
        tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    tokenizer.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(),
                                           decoders.Strip(" ", 1, 0)])
    # Byte tokens are ordinary entries in real files, not special tokens.
    document = json.loads(tokenizer.to_str())
    document["added_tokens"] = [t for t in document["added_tokens"] if not t["content"].startswith("<0x")]
    document["model"]["byte_fallback"] = True
    tokenizer = Tokenizer.from_str(json.dumps(document))
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A", special_tokens=[("<s>", 1)])
    return tokenizer


def main(folder, data):
    folder.mkdir(parents=True, exist_ok=True)
    text = list(corpus(data))
    randomness = random.Random(4)
    strings = STRINGS + text[:40] + [
        "".join(randomness.choice("ab 1'\n\té漢😀-<|>") for _ in range(randomness.randint(1, 30))) for _ in range(150)]
    kinds = {
        "gpt2": byte_level(text, None),
        "llama3": byte_level(text, LLAMA3, ignore_merges=True),
        "qwen": byte_level(text, QWEN, normalizer=normalizers.NFC(), special=("<|endoftext|>", "<|im_start|>", "<|im_end|>"),
                           plain=("café",)),
        "llama2": sentence_piece(text, False),
        "metaspace": sentence_piece(text, True),
    }
    for name, tokenizer in kinds.items():
        target = folder / name
        target.mkdir(exist_ok=True)
        tokenizer.save(str(target / "tokenizer.json"), pretty=False)
        rows = [{"text": s, "ids": tokenizer.encode(s, add_special_tokens=False).ids,
                 "with_special": tokenizer.encode(s).ids,
                 "decoded": tokenizer.decode(tokenizer.encode(s, add_special_tokens=False).ids)} for s in strings]
        (target / "expected.jsonl").write_text("\n".join(json.dumps(r) for r in rows) + "\n")
        print(name, len(rows), tokenizer.get_vocab_size())


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
