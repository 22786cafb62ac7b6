# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokenizers of the kinds that make_tokenizer_fixtures.py does not train: Unigram models with SentencePiece's table of
characters, and BPE models whose words have prefixes or suffixes. Each is compared on 2,000 texts (texts.json) by one
number a text. Needs sentencepiece where a model is to be trained."""
import base64
import io
import json
import pathlib
import random
import tempfile

from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

# "from" and "to" as code points: a small table, so that the fixture is small.
RULES = [("\ufb01", "fi"), ("\u3000", " "), ("\t", " "), ("\u00a0", " "), ("\u200b", ""), ("\u00ad", ""), ("\r", " "), ("\n", " "), ("①", "1"),
         ("½", "1⁄2"), ("\u212b", "\u00c5"), ("e\u0301", "\u00e9"), ("A\u030a", "\u00c5"), ("Ｆ", "F"), ("Ｕ", "U"), ("Ｌ", "L"), ("…", "..."), ("㍿", "株式会社")]
ALPHABETS = ["abcdefgh ", "ab 1'\n\té漢😀-<|>", "the river bank ", "0123456789 .,", "世界漢字。、あア ", "e\u0301A\u030a\ufb01①½ \u3000x", "ÄÖÜßéèñ' ",
             "\u200b\u00ad\u00a0 \u2028\u0001ab", "🚀👩\u200d👧🏽 x", "{}()[];=<>/#_ \n\tifx", "אבגד شلو नमस्ते ", "</w>##▁_ a"]


def texts(corpus):
    randomness = random.Random(11)
    result = [text[:160] for text in corpus[:300]]
    while len(result) < 2000:
        alphabet = randomness.choice(ALPHABETS)
        result.append("".join(randomness.choice(alphabet) for _ in range(randomness.randint(1, 24))))
    return result


def number(ids, with_special, decoded):
    """FNV-1a over the ids' four bytes each, the same with special tokens, and the decoded text; the low 32 bits."""
    value = 0xCBF29CE484222325
    data = b"".join(i.to_bytes(4, "little") for i in list(ids) + list(with_special)) + decoded.encode()
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return f"{value & 0xFFFFFFFF:08x}"


def sentence_piece_model(corpus, **options):
    import sentencepiece
    from sentencepiece import sentencepiece_model_pb2 as protocol
    with tempfile.TemporaryDirectory() as folder:
        rules = pathlib.Path(folder) / "rules.tsv"
        rules.write_text("".join(" ".join(f"{ord(c):X}" for c in a) + "\t" + " ".join(f"{ord(c):X}" for c in b) + "\n" for a, b in RULES),
                         encoding="utf-8")
        written = io.BytesIO()
        sentencepiece.SentencePieceTrainer.train(sentence_iterator=iter(corpus), model_writer=written, model_type="unigram",
                                                 normalization_rule_tsv=str(rules), num_threads=1, minloglevel=2, **options)
    proto = protocol.ModelProto()
    proto.ParseFromString(written.getvalue())
    return proto


def unigram(proto, scheme, split, normalizer_steps, decoder, byte_fallback):
    pieces = [[piece.piece, piece.score] for piece in proto.pieces]
    special = [{"id": i, "content": piece.piece, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
               for i, piece in enumerate(proto.pieces) if piece.type in (2, 3)]
    charsmap = base64.b64encode(proto.normalizer_spec.precompiled_charsmap).decode()
    return {"version": "1.0", "truncation": None, "padding": None, "added_tokens": special,
            "normalizer": {"type": "Sequence", "normalizers": [{"type": "Precompiled", "precompiled_charsmap": charsmap}] + normalizer_steps},
            "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": scheme, "split": split},
            "post_processor": {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
                               "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}}],
                               "special_tokens": {"<s>": {"id": "<s>", "ids": [1], "tokens": ["<s>"]}}},
            "decoder": decoder, "model": {"type": "Unigram", "unk_id": 0, "vocab": pieces, "byte_fallback": byte_fallback}}


def replace(pattern, content):
    return {"type": "Replace", "pattern": pattern, "content": content}


def byte_pair(corpus, affix, **settings):
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True, **settings))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFD(), normalizers.Lowercase(), normalizers.StripAccents()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Whitespace(), pre_tokenizers.Digits(individual_digits=True)])
    tokenizer.decoder = decoders.BPEDecoder(suffix="</w>") if affix == "suffix" else decoders.Fuse()
    tokenizer.train_from_iterator(corpus, trainers.BpeTrainer(vocab_size=600, special_tokens=["<unk>"], limit_alphabet=60, show_progress=False, **settings))
    return json.loads(tokenizer.to_str())


def kinds(corpus):
    """(name, what makes its tokenizer.json)"""
    options = {"character_coverage": 0.98, "remove_extra_whitespaces": False}
    yield "unigram-first", lambda: unigram(
        sentence_piece_model(corpus, vocab_size=620, byte_fallback=True, **options), "first", True,
        [{"type": "Strip", "strip_left": False, "strip_right": True}, replace({"Regex": " {2,}"}, "▁")],
        {"type": "Sequence", "decoders": [replace({"String": "▁"}, " "), {"type": "ByteFallback"}, {"type": "Fuse"},
                                          {"type": "Strip", "content": " ", "start": 1, "stop": 0}]}, True)
    yield "unigram-always", lambda: unigram(
        sentence_piece_model(corpus, vocab_size=400, **options), "always", True,
        [{"type": "Nmt"}, {"type": "Strip", "strip_left": True, "strip_right": False}, replace({"Regex": " {2,}"}, " ")],
        {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True}, False)
    yield "unigram-whole", lambda: unigram(
        sentence_piece_model(corpus, vocab_size=400, split_by_whitespace=False, **options), "never", False, [{"type": "NFKC"}],
        {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "never", "split": False}, False)
    yield "bpe-suffix", lambda: byte_pair(corpus, "suffix", end_of_word_suffix="</w>")
    yield "bpe-prefix", lambda: byte_pair(corpus, "prefix", continuing_subword_prefix="##")


def write(folder, corpus, rows_of, write_rows, strings):
    all_texts = texts(corpus)
    (folder / "texts.json").write_text(json.dumps(all_texts, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    assert (folder / "texts.json").stat().st_size < 100_000, "fixtures are to be small"
    for name, make in kinds(corpus):
        target = folder / name
        target.mkdir(exist_ok=True)
        if not (target / "tokenizer.json").exists():
            (target / "tokenizer.json").write_text(json.dumps(make(), ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
        tokenizer = Tokenizer.from_file(str(target / "tokenizer.json"))
        numbers = []
        for text in all_texts:
            ids = tokenizer.encode(text, add_special_tokens=False).ids
            # tokenizers' BPEDecoder stops at an empty list.
            numbers.append(number(ids, tokenizer.encode(text).ids, tokenizer.decode(ids) if ids else ""))
        (target / "numbers.txt").write_text("\n".join(numbers) + "\n")
        write_rows(target, rows_of(tokenizer, [s for s in strings if tokenizer.encode(s, add_special_tokens=False).ids]))
