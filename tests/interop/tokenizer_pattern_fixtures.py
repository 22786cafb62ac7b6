# SPDX-License-Identifier: GPL-3.0-or-later
"""How tokenizers cuts and normalises: patterns of Oniguruma that mean something else in other engines, the
pre-tokenizers and normalisers by type, and the pre-tokenizers that GGUF files name."""
import itertools
import json
import pathlib

from tokenizers import Regex, normalizers, pre_tokenizers

from tokenizer_patterns import GGUF

SPLITS = [
    # Class algebra.
    (r"[a-z&&[^aeiou]]+", "hello world"), (r"[^a-z&&[^aeiou]]+", "hello WORLD e"), (r"[a[bc]]+", "abcd]"), (r"[\w&&[^\d_]]+", "ab1_é"),
    (r"[[a]&&[^b]c]", "abc"), (r"[\p{L}&&[^\p{Han}]]+", "ab世界cd々"), (r"[a&&b]", "a&b"), (r"[a-z&&c-x&&[^m]]+", "abcdmnxyz"),
    (r"[^\W_]+", "a_b c"), (r"[^\S\n]+", "a \t\nb"), (r"[\S\n]+", "a b\nc"), (r"[[:^alpha:]]+", "a12 é"), (r"[^[:space:]x]+", "axb c"),
    (r"[]a]+", "xa]x"), (r"[a\]b]+", "a]b"), (r"[a-c-e]+", "a-de"), (r"[\w-]+", "a-b c"), (r"[\u3041-\u3042]+", "あぃいx"), (r"[.]", "a."),
    (r"[\x{41}-\x{43}]", "ABCD"), (r"[\b]", "a\bb"), (r"[^]]+", "a]b"), (r"[\p{^L}]+", "ab12"), (r"[&a]+", "a&b"), (r"[\-a]+", "a-b"),
    # Properties and what stands for classes.
    (r"\p{Han}+", "漢字々。、〇あ"), (r"\p{Hiragana}+", "あー。"), (r"\p{Greek}+", "aαβ"), (r"\p{^L}+", "ab12"), (r"\P{^L}+", "ab12"),
    (r"\P{L}+", "ab12"), (r"\p{Letter}+", "ab12"), (r"\p{Alphabetic}+", "aⓐ1"), (r"\p{Punct}+", "a.$!"), (r"[[:punct:]]+", "a.$!"),
    (r"\p{Alnum}+", "a1²_"), (r"\p{Word}+", "a²_④"), (r"[[:word:]]+", "a²_④"), (r"\p{Any}", "a\n"), (r"\p{In_Basic_Latin}+", "aé"),
    (r"\w+", "a\u0301b ²x _y a\u200db ①ⓐ c٣ ‿"), (r"\W+", "a\u0301b ²x ①"), (r"\s+", "a\u180eb\u0085c\u3000d\x1ce"), (r"\S+", "a\u180eb c"),
    (r"\h+", "xyz0aFg"), (r"\H+", "xyz0aFg"), (r"\d+", "1٣²x"), (r"\D+", "1٣²x"), (r"\v", "a\vb\nc"), (r"\R", "a\r\nb\u2028c"), (r"\N+", "a\nb"),
    (r"\O", "a\n"), (r"\pL", "apLb"), (r"\u0041", "ABC"), (r"\x41\x{42}\103", "ABC"), (r"\Qa\E", "QaE"), (r"\e\a", "\x1b\x07"),
    # Anchors and borders.
    (r"a$", "a\nb a"), (r"^b", "a\nb"), (r"$", "a\n\nb"), (r"^", "a\nb\n"), (r"a\z", "a\na"), (r"a\Z", "a\na\n"), (r"\b", "ab cd"),
    (r"\b\w", "²a é\u0301b"), (r"\Ba", "aa a"), (r"\G.", "abc"), (r"a.b", "a\nb"), (r"(?<=a|bc)x", "ax bcx"), (r"x(?=y)", "xyxz"),
    # Repetition.
    (r"\p{N}{1,3}+", "1234567"), (r"\p{N}{2}?", "1234567"), (r"a{,2}", "aaaaa"), (r"a{2,3}?", "aaaa"), (r"a{2}{2}", "aaaaa"), (r"a?+b", "ab"),
    (r"a++b", "aaab"), (r"x{a}", "x{a}"), (r"(?:ab){1,2}+", "ababab"), (r"[ab]{2}?c", "abcc"), (r"a+*", "aaab"), (r"\x{e9}{1,2}+", "ééé"),
    # Options of groups.
    (r"(?m:a.b)", "a\nb"), (r"(?-i:a)", "aA"), (r"x(?i)a|b", "xA B b xb"), (r"((?i)a|b)c", "Ac Bc bC"), (r"(?i)'ſ", "x'S"), (r"a(?#c)b", "ab"),
    (r"(?<n>a)\k<n>", "aab"), (r"(a)\1", "aab"), (r"(?>a+)b", "aab"),
    # Matches of nothing cut too.
    (r"(?=(\d{3})+(?!\d))", "x1234567y"), (r"b*", "abbc"), (r"x*", "日本"), (r"\d{1,3}(?=(?:\d{3})*\b)", "1234567 12"),
]
TEXTS = ["", "The RIVER's 12345 banks!!", "don't DON'T 'LL", "x  y\n\n z\t", "世界，漢字。", "e\u0301 क्षि नमस्ते", "a²b③ 3.14", "(river) !!a", "foo_bar//baz\r\n",
         "🚀👩‍👧 x", "\u00a0a\u3000b\u180ec", "iPhoneHTTPServer ǅx", "$5+<3>=`q`~|", "١٢٣٤ 四五"]
PRE_TOKENIZERS = [
    {"type": "Whitespace"}, {"type": "WhitespaceSplit"}, {"type": "Digits", "individual_digits": True},
    {"type": "Digits", "individual_digits": False}, {"type": "Punctuation", "behavior": "Isolated"},
    {"type": "Punctuation", "behavior": "Contiguous"}, {"type": "Punctuation", "behavior": "Removed"},
    {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True},
    {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first", "split": True},
    {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "never", "split": False},
    {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
    {"type": "Split", "pattern": {"String": "a"}, "behavior": "MergedWithPrevious", "invert": False},
    {"type": "Split", "pattern": {"Regex": "[aeiou]"}, "behavior": "MergedWithNext", "invert": False},
    {"type": "Split", "pattern": {"Regex": "[aeiou]"}, "behavior": "MergedWithNext", "invert": True},
    {"type": "Split", "pattern": {"Regex": "[aeiou]"}, "behavior": "Contiguous", "invert": True},
    {"type": "Split", "pattern": {"Regex": "\\w+|[^\\w\\s]+"}, "behavior": "Removed", "invert": True},
    {"type": "Split", "pattern": {"Regex": "(?=[A-Z])"}, "behavior": "MergedWithPrevious", "invert": False},
    *({"type": "Split", "pattern": {"String": "!"}, "behavior": behaviour, "invert": invert}
      for behaviour in ("Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous") for invert in (False, True)),
    {"type": "Split", "pattern": {"String": ""}, "behavior": "Isolated", "invert": False}, {"type": "BertPreTokenizer"},
    {"type": "CharDelimiterSplit", "delimiter": " "}, {"type": "FixedLength", "length": 3},
]
NORMALIZERS = [
    {"type": "NFC"}, {"type": "NFD"}, {"type": "NFKC"}, {"type": "NFKD"}, {"type": "Lowercase"}, {"type": "Strip", "strip_left": True, "strip_right": True},
    {"type": "Strip", "strip_left": True, "strip_right": False}, {"type": "Replace", "pattern": {"Regex": "\\s{2,}"}, "content": " "},
    {"type": "Replace", "pattern": {"Regex": "x*"}, "content": "-"}, {"type": "Replace", "pattern": {"String": "a"}, "content": "aa"},
    {"type": "Replace", "pattern": {"Regex": "[\\p{L}&&[^a-z]]"}, "content": ""}, {"type": "Prepend", "prepend": "▁"},
    {"type": "StripAccents"}, {"type": "Nmt"}, {"type": "Replace", "pattern": {"String": ""}, "content": "-"},
]
NORMALIZED_TEXTS = TEXTS + ["ΣΑΣ İI ẞ ǅ", "\u3000 a b\u00a0\u0085", "\x1c a\u200b\u180e ", "ﬁ e\u0301 Å", "  ", "axxb", "\u0001\u200fa\u2581\ufffd\u009f", "\u0301e\u0304\u20dd नि"]


def tokenizer_with(key, part):
    from tokenizers import Tokenizer
    return Tokenizer.from_str(json.dumps({"version": "1.0", "added_tokens": [], key: part,
                                          "model": {"type": "BPE", "vocab": {"a": 0}, "merges": []}}))


def pieces(pre_tokenizer, text):
    return [piece for piece, _ in pre_tokenizer.pre_tokenize_str(text)]


def texts_for(part):
    """Fewer for the kinds that are plain: the file is to stay small."""
    if part.get("pattern", {}).get("String") == "!":
        return [text for text in TEXTS if "!" in text]
    plain = part["type"] in ("BertPreTokenizer", "CharDelimiterSplit", "FixedLength") or part.get("pattern") == {"String": ""}
    return TEXTS[1:8] if plain else TEXTS


def write(file):
    rows = []
    for pattern, text in SPLITS:
        rows.append({"pattern": pattern, "text": text, "pieces": pieces(pre_tokenizers.Split(Regex(pattern), "isolated"), text)})
    for part in PRE_TOKENIZERS:
        made = tokenizer_with("pre_tokenizer", part).pre_tokenizer
        rows += [{"pre_tokenizer": part, "text": text, "pieces": pieces(made, text)} for text in texts_for(part)]
    for part in NORMALIZERS:
        made = tokenizer_with("normalizer", part).normalizer
        rows += [{"normalizer": part, "text": text, "normalized": made.normalize_str(text)} for text in NORMALIZED_TEXTS]
    for names, patterns in GGUF.items():
        made = pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(p), "isolated") for p in patterns])
        rows += [{"gguf": list(names) if i == 0 else [names[0]], "text": text, "pieces": pieces(made, text)} for i, text in enumerate(TEXTS)]
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows) + "\n", encoding="utf-8")
    print(file.name, len(rows), "rows", file.stat().st_size, "bytes")
    assert file.stat().st_size < 100_000, "fixtures are to be small"


# Of every class of UAX #29 one character or more: letter, both ends of lines, joiner, marks, emoji, regional indicator,
# the parts of Hangul, a virama, what stands in front of others, controls, a skin tone.
CLASSES = "a\r\n\u200d\u0301\U0001F469\U0001F1E9\u1100\u1161\u11a8\uac00\uac01\u0915\u094d\u0903\u0600\u00ad\u2764\ufe0f\U0001F3FD"


def write_graphemes(folder: pathlib.Path) -> None:
    """What \\X takes together: of all pairs and triples of these characters and of the texts of texts.json, ten at a time
    as a hash over the bytes of each piece; and Split with it in other settings."""
    split = pre_tokenizers.Split(Regex(r"\X"), "isolated")
    texts = [first + second for first, second in itertools.product(CLASSES, repeat=2)]
    texts += ["".join(three) for three in itertools.product(CLASSES, repeat=3)]
    texts += json.loads((folder / "texts.json").read_text(encoding="utf-8"))

    def hashed(some):
        value = 0xCBF29CE484222325
        for text in some:
            for piece in pieces(split, text):
                value = (value ^ len(piece.encode())) * 0x100000001B3 % 2**64
        return f"{value:016x}"

    rows = []
    for pattern, behaviour, invert in ((r"\X", "removed", True), (r"\X+", "isolated", False), (r"(\X)", "contiguous", True),
                                       (r"(?:\X)", "merged_with_previous", False)):
        for text in ("", "ab👩👩🇩🇪🇩🇪🇫", "e\u0301a\u0301b \r\nb", "नमस्ते ab각ᆨ", "👩‍👩‍👧‍👦👍🏽1️⃣ B"):
            part = {"type": "Split", "pattern": {"Regex": pattern}, "invert": invert, "behavior": "".join(
                word.capitalize() for word in behaviour.split("_"))}
            rows.append({"pre_tokenizer": part, "text": text,
                         "pieces": pieces(pre_tokenizers.Split(Regex(pattern), behaviour, invert), text)})
    (folder / "graphemes.json").write_text(json.dumps({
        "characters": list(CLASSES), "hashes": [hashed(texts[at:at + 10]) for at in range(0, len(texts), 10)],
        "rows": rows}) + "\n")
    print("graphemes.json", len(texts), "texts", (folder / "graphemes.json").stat().st_size, "bytes")
