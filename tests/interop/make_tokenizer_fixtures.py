#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/data/tokenizers: small tokenizers of every supported kind, each with what Hugging Face's tokenizers
and transformers make of tricky texts. Needs both packages.

    python make_tokenizer_fixtures.py ../data/tokenizers ../../projects/gloss-classes/data/train.jsonl

tokenizer_file_fixtures.py writes those of tekken.json and GGUF files. Tokenizers that are trained (gpt2, llama3, qwen, llama2, metaspace) are trained only when their folder lacks one.
"""
import json
import pathlib
import random
import sys

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

import tokenizer_kind_fixtures
import tokenizer_pattern_fixtures
from tokenizer_small_fixtures import byte_to_character, small_tokenizers

LLAMA3 = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|"
          r"\s+(?!\S)|\s+")
QWEN = LLAMA3.replace(r"\p{N}{1,3}", r"\p{N}")

STRINGS = [
    "", " ", "  ", "\n", "\t\n", "Hello world", " Hello, world!", "ied 4 ½ months", "3333", "12345678", "I'm, you'Re, we'LL",
    "Cửa Việt", "    Hello\n    Hello", "\n\n\n", "a\r\nb", "naïve café", "ångström A\u030a", "🚀 (normal) 😶‍🌫️ 🇩🇪",
    "日本語のテキスト", "한국어", "العربية", "नमस्ते", "x=1;y=2//z", "<s>hello</s>", "<|im_start|>user\nHi<|im_end|>\n",
    "a<|im_end|>b <|im_end|> c", "\u00a0non\u2003breaking\u3000space", "e\u0301", "ﬁ ligature", "zero\u200bwidth", "tab\tseparated",
    "ends with space ", " \n ", "a" * 300, "\u0000null", "\ufffd", "\U0010ffff", "don't DON'T", "1.5e-3%", "__init__", "µ², ∑ ≥ 3",
    # Emoji with joiners, skin tones and keycaps; scripts without blanks and with marks; invisible characters; code.
    "👩‍👩‍👧‍👦 👍🏽 1️⃣ ✔️", "中文，标点。「引号」和　空格", "𠮷野家 々〇", "ภาษาไทย ລາວ", "e\u0301\u0323 o\u0302\u0323\u0308", "שָׁלוֹם",
    "a\u200cb\u200dc\u2060d\ufeffe", "\u202eabc\u202c", "soft\u00adhyphen", "ＦＵＬＬ　ｗｉｄｔｈ", "ǅ ß ẞ ſ K Å", "ⅷ ① ² ٣ ৪ 四",
    "def f(x):\n\treturn x**2  # ok\n\n\nif a!=b && c||d: {}", "SELECT * FROM t WHERE a='b';\r\n", "https://example.org/a?b=c&d=%20#e",
    "\\frac{a}{b} $x_1$", "a\u0085b\u2028c\u2029d", "\u180e\u1680 \u205f", "'s 'S 'ſ 'LL'll", "camelCase HTTPServer iPhone",
]

# Long runs as (before, unit, times, behind): too long to be written out, here and in the fixture.
RUNS = [("the ", "a", 10000, " river"), ("the ", " ", 10000, "river"), ("x", ".", 10000, "y"), ("", "世", 10000, ""),
        ("1", "0", 10000, ""), ("", "aA", 10000, "!"), ("", "e\u0301", 10000, ""), ("", "\n", 10000, "a"), ("", "a ", 10000, "")]


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


def decoded(tokenizer, ids):
    """tokenizers' decoding, but added tokens come back as they are written: its byte-level decoder takes their letters
    for bytes ("café" becomes "caf\\ufffd")."""
    if not isinstance(tokenizer.decoder, decoders.ByteLevel):
        return tokenizer.decode(ids)
    added = tokenizer.get_added_tokens_decoder()
    to_byte = {character: byte for byte, character in byte_to_character().items()}
    result = b""
    for token in ids:
        if token in added:
            result += b"" if added[token].special else added[token].content.encode()
        else:
            result += bytes(to_byte[c] for c in tokenizer.id_to_token(token))
    return result.decode("utf-8", "replace")


def fingerprint(ids):
    """FNV-1a over the ids' four bytes each: long runs are compared by it."""
    value = 0xCBF29CE484222325
    for token in ids:
        for byte in token.to_bytes(4, "little"):
            value = (value ^ byte) * 0x100000001B3 % 2**64
    return f"{value:016x}"


def encoder(tokenizer, encode=None):
    """What gives a text's ids, without and with special tokens."""
    encode = encode or (lambda text: (tokenizer.encode(text, add_special_tokens=False).ids, tokenizer.encode(text).ids))
    prefix = tokenizer.encode("").ids

    def both(text):
        ids, with_special = encode(text)
        # A text that begins with the BOS itself gets no second one here (the reference adds it).
        return ids, ids if prefix and ids[:len(prefix)] == prefix else with_special
    return both


def rows_of(tokenizer, strings, encode=None):
    both = encoder(tokenizer, encode)
    for text in strings:
        ids, with_special = both(text)
        yield {"text": text, "ids": ids, "with_special": with_special, "decoded": decoded(tokenizer, ids)}
    for before, unit, times, behind in RUNS:
        ids = both(before + unit * times + behind)[0]
        yield {"run": [before, unit, times, behind], "count": len(ids), "fingerprint": fingerprint(ids)}


def write(folder, rows):
    rows = list(rows)
    target = folder / "expected.jsonl"
    target.write_text("\n".join(json.dumps(r, separators=(",", ":")) for r in rows) + "\n")
    size = sum(file.stat().st_size for file in folder.iterdir())
    print(folder.name, len(rows), "rows", size, "bytes")
    assert size < 100_000, "fixtures are to be small"


def write_numbers(folder, tokenizer, texts, encode=None):
    """One number for each of 2,000 texts."""
    both = encoder(tokenizer, encode)
    found = [(ids, special, decoded(tokenizer, ids)) for ids, special in map(both, texts)]
    (folder / "numbers.txt").write_text("\n".join(tokenizer_kind_fixtures.number(*one) for one in found) + "\n")


def main(folder, data):
    folder.mkdir(parents=True, exist_ok=True)
    text = list(corpus(data))
    many = tokenizer_kind_fixtures.texts(text)
    randomness = random.Random(4)
    strings = STRINGS + text[:12] + [
        "".join(randomness.choice("ab 1'\n\té漢😀-<|>") for _ in range(randomness.randint(1, 30))) for _ in range(100)]
    trained = {
        "gpt2": lambda: byte_level(text, None),
        "llama3": lambda: byte_level(text, LLAMA3, ignore_merges=True),
        "qwen": lambda: byte_level(text, QWEN, normalizer=normalizers.NFC(),
                                   special=("<|endoftext|>", "<|im_start|>", "<|im_end|>"), plain=("café",)),
        "llama2": lambda: sentence_piece(text, False),
        "metaspace": lambda: sentence_piece(text, True),
    }
    for name, make in trained.items():
        target = folder / name
        target.mkdir(exist_ok=True)
        if not (target / "tokenizer.json").exists():
            make().save(str(target / "tokenizer.json"), pretty=False)
        tokenizer = Tokenizer.from_file(str(target / "tokenizer.json"))
        write_numbers(target, tokenizer, many)
        write(target, rows_of(tokenizer, strings))
    for name, files, texts in small_tokenizers(folder):
        target = folder / name
        target.mkdir(exist_ok=True)
        for file, document in files.items():
            (target / file).write_text(json.dumps(document, ensure_ascii=False) + "\n", encoding="utf-8")
        if "tokenizer_config.json" not in files:
            tokenizer = Tokenizer.from_file(str(target / "tokenizer.json"))
            write_numbers(target, tokenizer, many)
            write(target, rows_of(tokenizer, STRINGS + texts))
            continue
        from transformers import AutoTokenizer
        loaded = AutoTokenizer.from_pretrained(str(target))

        def encode(one, loaded=loaded):
            return loaded(one, add_special_tokens=False)["input_ids"], loaded(one)["input_ids"]
        write_numbers(target, loaded.backend_tokenizer, many, encode)
        write(target, rows_of(loaded.backend_tokenizer, STRINGS + texts, encode))
        (target / "names.json").write_text(json.dumps({
            "bos": loaded.bos_token_id, "eos": loaded.eos_token_id, "padding": loaded.pad_token_id,
            "special": sorted(i for i, t in loaded.backend_tokenizer.get_added_tokens_decoder().items() if t.special),
            "tokens": {t: i for t, i in sorted(loaded.get_added_vocab().items())},
        }, ensure_ascii=False) + "\n")
    tokenizer_kind_fixtures.write(folder, text, rows_of, write, STRINGS)
    tokenizer_pattern_fixtures.write(folder / "patterns.jsonl")
    tokenizer_pattern_fixtures.write_graphemes(folder)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
