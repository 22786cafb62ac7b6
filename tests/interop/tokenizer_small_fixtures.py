# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokenizers made by hand, of the 256 byte letters and a few words: each is about one way to name, cut or add tokens."""
import json

from tokenizer_patterns import KIMI, O200K


def byte_to_character():
    """GPT-2's letters for bytes."""
    extra, letters = 256, {}
    for byte in range(256):
        if 33 <= byte <= 126 or 161 <= byte <= 172 or byte >= 174:
            letters[byte] = chr(byte)
        else:
            letters[byte] = chr(extra)
            extra += 1
    return letters


def spelled(text):
    letters = byte_to_character()
    return "".join(letters[byte] for byte in text.encode())


def added(content, **flags):
    return {"content": content, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False,
            "special": False, **flags}


def byte_level(words, split=None, normalizer=None, tokens=(), post=None):
    """A byte-level tokenizer that can put the words together, letter by letter. Runs of one letter double: "a", "aa", …"""
    vocabulary = {letter: i for i, letter in enumerate(byte_to_character().values())}
    merges = []

    def merge(left, right):
        if [left, right] not in merges:
            merges.append([left, right])
        vocabulary.setdefault(left + right, len(vocabulary))

    for word in words:
        letters = spelled(word)
        for end in range(1, len(letters)):
            merge(letters[:end], letters[end])
    for letter in ("a", spelled(" "), "."):
        while len(letter) < 64:
            merge(letter, letter)
            letter += letter
    list_of_tokens = []
    for token in tokens:
        known = [t["id"] for t in list_of_tokens if t["content"] == token["content"]]
        new = len(vocabulary) + sum(t["content"] not in vocabulary for t in list_of_tokens)
        list_of_tokens.append({"id": known[0] if known else vocabulary.get(token["content"], new), **token})
    pre = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": split is None}
    if split:
        pre = {"type": "Sequence", "pretokenizers": [
            {"type": "Split", "pattern": {"Regex": split}, "behavior": "Isolated", "invert": False}, pre]}
    return {"version": "1.0", "truncation": None, "padding": None, "added_tokens": list_of_tokens, "normalizer": normalizer,
            "pre_tokenizer": pre, "post_processor": post,
            "decoder": {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True},
            "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None,
                      "end_of_word_suffix": None, "fuse_unk": False, "byte_fallback": False, "ignore_merges": False,
                      "vocab": vocabulary, "merges": merges}}


WORDS = ["the", " the", " river", "世界", "世", "user", "é"]
BORDERS = ["the gene the", "“gene” the", "the—gene—the", "基因gene因", "ägene", "_gene gene_", "²gene ①gene ⓐgene", "ge gene", "genes gene",
           "a\u200dgene", "a\u0301gene", "the <m> the", "the\u00a0<m>\u00a0the", "the\u3000<m>\u3000the", "<m>\u200b<m>\u180e<m>",
           "a\u0085<m>\x1c<m>\x1d", "<m>  b", "<m>\n\n\t<m>", "  <m>", "<l> a  <l>", " <r> a <r>  ", "<r> <l>", "aĠx Ġx café caf", "日本 の"]


def small_tokenizers(folder):
    """(name, files, texts of its own)"""
    yield "class-intersection", {"tokenizer.json": byte_level(WORDS, KIMI)}, ["the river世界 the", "R&D the", "世界the世界"]
    yield "o200k", {"tokenizer.json": byte_level(WORDS, O200K)}, ["theRiver THERiver's"]
    yield "grouped", {"tokenizer.json": byte_level(WORDS, r"(?:\p{L}\p{M}*)+|(?:\s)+|[^\s\p{L}]+")}, ["the river"]
    yield "added-borders", {"tokenizer.json": byte_level(WORDS, tokens=[
        added("gene", single_word=True), added("ge"), added("es"), added("<m>", lstrip=True, rstrip=True), added("<l>", lstrip=True),
        added("<r>", rstrip=True), added(" b"), added("café"), added("Ġx"), added("日本", normalized=True)])}, BORDERS
    yield "added-lowercase", {"tokenizer.json": byte_level(
        WORDS, normalizer={"type": "Lowercase"},
        tokens=[added("GRPO", normalized=True), added("RLHF"), added("Große", normalized=True), added("ΣΑΣ", normalized=True)])}, [
        "the GRPO river", "the grpo river", "rlhf RLHF", "GROSSE große GROßE", "σασ ΣΑΣ σας", "İI", "ǅ"]
    # Normalised tokens in the normaliser of Llama 2: a blank in front, blanks as "▁".
    llama2 = json.loads((folder / "llama2" / "tokenizer.json").read_text(encoding="utf-8"))
    vocabulary = llama2["model"]["vocab"]
    for content in ("new york", "<ctx>", "Berlin"):
        llama2["added_tokens"].append({"id": len(vocabulary) + len(llama2["added_tokens"]) - 3, **added(content, normalized=True)})
    yield "added-llama2", {"tokenizer.json": llama2}, [
        "a city called new york on a river", "new york", "see <ctx> here", "<ctx>here", "<s>new york", "Berlin  Berlin", "inBerlin"]
    # Ids of the list that are not those of the vocabulary: the vocabulary's count, as for a new token.
    odd = byte_level(WORDS, tokens=[added("<gap>"), added("a")])
    odd["added_tokens"][0]["id"], odd["added_tokens"][1]["id"] = 5000, 700
    yield "added-odd-ids", {"tokenizer.json": odd}, ["<gap>a<gap>"]

    turns = {"<|im_start|>": added("<|im_start|>", special=True), "<|im_end|>": added("<|im_end|>", special=True),
             "<tool>": added("<tool>", normalized=True)}
    base = byte_level(WORDS, tokens=[added("<s>", special=True)])
    first = len(base["model"]["vocab"]) + 1
    texts = ["<|im_start|>user the river<|im_end|>", "<s>the<|im_end|>", "a <tool> b", "[PAD] [SEP]", "<x> <y> <z>"]
    yield "config-decoder", {"tokenizer.json": base, "tokenizer_config.json": {
        "tokenizer_class": "PreTrainedTokenizerFast", "bos_token": "<s>", "eos_token": "<|im_end|>", "pad_token": "[PAD]",
        "additional_special_tokens": ["<x>"], "model_max_length": 1000000000000000019884624838656,
        "added_tokens_decoder": {"0": added("!", lstrip=True), **{str(first + i): t for i, t in enumerate(turns.values())}}},
        # Not read beside an added_tokens_decoder.
        "added_tokens.json": {"<y>": first + 9}, "special_tokens_map.json": {"sep_token": "[SEP]"}}, texts
    yield "legacy-files", {"tokenizer.json": base, "tokenizer_config.json": {
        "tokenizer_class": "PreTrainedTokenizerFast", "bos_token": {"__type": "AddedToken", **added("<s>")}},
        "added_tokens.json": {"<|im_start|>": first, "<|im_end|>": first + 1, "<tool>": first + 2, "<y>": first + 3},
        "special_tokens_map.json": {"eos_token": {k: v for k, v in turns["<|im_end|>"].items() if k != "special"},
                                    "pad_token": "[PAD]", "sep_token": "[SEP]",
                                    "extra_special_tokens": ["<|im_start|>", "<z>"]}}, texts
    post = {"type": "TemplateProcessing", "single": [
        {"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}], "pair": [
        {"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
        "special_tokens": {"<s>": {"id": "<s>", "ids": [first - 1], "tokens": ["<s>"]}}}
    yield "named-in-config", {"tokenizer.json": byte_level(WORDS, tokens=[added("<s>", special=True)], post=post),
                              "tokenizer_config.json": {"tokenizer_class": "PreTrainedTokenizerFast", "bos_token": "<s>",
                                                        "eos_token": " river", "unk_token": "the", "image_token": "<x>"}}, texts
