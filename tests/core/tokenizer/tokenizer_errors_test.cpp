// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "support/testing.h"
#include "tokenizer/tokenizer.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

Error errorOf(const std::string& document)
{
    const TemporaryFolder folder;
    writeText(folder / "tokenizer.json", document);
    const Error error = REQUIRE_ERROR(Tokenizer::load(folder.path()));
    CHECK_EQ(static_cast<int>(error.code), 3);
    CHECK_CONTAINS(error.file, "tokenizer.json");
    return error;
}

std::string withModel(const std::string& model, const std::string& rest = "")
{
    return R"({"model": )" + model + rest + "}";
}

const std::string goodModel = R"({"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2}, "merges": ["a b"]})";

} // namespace

HILO_TEST(unknownModelType)
{
    const Error error = errorOf(withModel(R"({"type": "WordPiece", "vocab": {}})"));
    CHECK_EQ(error.place, "model.type");
    CHECK_CONTAINS(error.message, "WordPiece");
}

HILO_TEST(brokenUnigramVocabularies)
{
    const auto placeOf = [](const std::string& rest) {
        return errorOf(withModel(R"({"type": "Unigram", )" + rest + "}")).place;
    };
    CHECK_EQ(placeOf(R"("vocab": [])"), "model.vocab");
    CHECK_EQ(placeOf(R"("vocab": {"a": 0})"), "model.vocab");
    CHECK_EQ(placeOf(R"("vocab": ["a"])"), "model.vocab[0]");
    CHECK_EQ(placeOf(R"("vocab": [["a", 0], ["b"]])"), "model.vocab[1]");
    CHECK_EQ(placeOf(R"("vocab": [["a", "0"]])"), "model.vocab[0]");
    CHECK_EQ(placeOf(R"("vocab": [["a", NaN]])"), "model.vocab[0]");
    CHECK_EQ(placeOf(R"("vocab": [["a", -Infinity]])"), "model.vocab[0]");
    CHECK_EQ(placeOf(R"("vocab": [["a", 0]], "unk_id": 1)"), "model.unk_id");
    CHECK_EQ(placeOf(R"("vocab": [["a", 0]], "unk_id": -1)"), "model.unk_id");
}

HILO_TEST(aCharacterThatNothingStandsForIsAnErrorWhereItIsUsed)
{
    for (const std::string model : {R"({"type": "Unigram", "vocab": [["a", 0]]})",
                                    R"({"type": "BPE", "unk_token": "<unk>", "vocab": {"a": 0}, "merges": []})"}) {
        const TemporaryFolder folder;
        writeText(folder / "tokenizer.json", withModel(model));
        const auto tokenizer = REQUIRE_OK(Tokenizer::load(folder.path()));
        CHECK_EQ(REQUIRE_OK(tokenizer->encode("aa")), (std::vector<std::int32_t>{0, 0}));
        const Error error = REQUIRE_ERROR(tokenizer->encode("ab"));
        CHECK_CONTAINS(error.message, "\"b\"");
        CHECK_CONTAINS(error.file, "tokenizer.json");
    }
}

HILO_TEST(brokenTablesOfCharacters)
{
    const auto errorFor = [](const std::string& map) {
        return errorOf(
            withModel(goodModel, R"(, "normalizer": {"type": "Precompiled", "precompiled_charsmap": ")" + map + "\"}"));
    };
    // No base64; no length; a length of nothing, of more than there is; a trie that leads out of itself; replacements
    // that are not UTF-8.
    for (const char* map : {"?", "AAA", "AAAA", "AAAAAA==", "CAAAAAAAAAA=", "BAAAAAAAAAA=", "BAAAAAD///8="}) {
        const Error error = errorFor(map);
        CHECK_EQ(error.place, "normalizer.precompiled_charsmap");
        CHECK_CONTAINS(error.message, "table of characters");
    }
    CHECK_EQ(errorOf(withModel(goodModel, R"(, "normalizer": {"type": "Precompiled"})")).place,
             "normalizer.precompiled_charsmap");
}

HILO_TEST(whatCannotBeHadRightIsRefusedByName)
{
    CHECK_EQ(errorOf(withModel(R"({"type": "BPE", "dropout": 0.1, "vocab": {"a": 0}, "merges": []})")).place,
             "model.dropout");
    CHECK_CONTAINS(errorOf(withModel(goodModel, R"(, "pre_tokenizer": {"type": "UnicodeScripts"})")).message,
                   "UnicodeScripts");
    CHECK_EQ(errorOf(withModel(goodModel, R"(, "pre_tokenizer": {"type": "FixedLength", "length": 0})")).place,
             "pre_tokenizer.length");
    CHECK_EQ(errorOf(withModel(goodModel, R"(, "pre_tokenizer": {"type": "Split", "pattern": {"String": "a"},
        "behavior": "Sideways", "invert": false})"))
                 .place,
             "pre_tokenizer.behavior");
    CHECK_EQ(errorOf(withModel(goodModel, R"(, "decoder": {"type": "Replace", "pattern": {"Regex": "a"},
        "content": ""})"))
                 .place,
             "decoder.pattern");
    CHECK_EQ(
        errorOf(
            withModel(
                R"({"type": "BPE", "continuing_subword_prefix": "##", "vocab": {"a": 0, "b": 1, "ab": 2}, "merges": ["a b"]})"))
            .place,
        "model.merges[0]");
}

/// Metaspace's "first" is about the first character of the text, also where a normalizer takes it away (as tokenizers
/// 0.23 has it).
/// tokenizers cuts every text between all of its bytes then, and ends at the first letter of more than one.
HILO_TEST(anAddedTokenThatTheNormalizerEmptiesIsRefused)
{
    const auto file = [](const std::string& content, const std::string& normalizer, const char* normalized) {
        return withModel(goodModel, R"(, "normalizer": )" + normalizer +
                                        R"(, "added_tokens": [{"id": 3, "content": ")" + content +
                                        R"(", "special": false, "normalized": )" + normalized + "}]");
    };
    const std::string strip = R"({"type": "Strip", "strip_left": true, "strip_right": true})";
    const std::string without = R"({"type": "Replace", "pattern": {"String": "z"}, "content": ""})";
    const std::string accents = R"({"type": "StripAccents"})";
    for (const auto& [content, normalizer] :
         {std::pair<std::string, std::string>{"  ", strip}, {"zz", without}, {"\u0301", accents}}) {
        const Error error = errorOf(file(content, normalizer, "true"));
        CHECK_EQ(error.place, "added_tokens");
        CHECK_CONTAINS(error.message, "\"" + content + "\"");
        CHECK_CONTAINS(error.hint, "\"normalized\" to false");
        // Looked for in the text as it is written, it is a token like others.
        const TemporaryFolder folder;
        writeText(folder / "tokenizer.json", file(content, normalizer, "false"));
        const auto tokenizer = REQUIRE_OK(Tokenizer::load(folder.path()));
        CHECK_EQ(REQUIRE_OK(tokenizer->encode("ab" + content + "a")), (std::vector<std::int32_t>{2, 3, 0}));
    }
}

HILO_TEST(theFirstWordIsNoneWhereItsBeginningWasTakenAway)
{
    struct Case
    {
        std::string normalizer;
        std::string text;
        std::size_t tokens;
    };
    const std::vector<Case> cases = {
        {R"({"type": "Strip"})", "ab", 3},
        {R"({"type": "Strip"})", " ab", 2},
        {R"({"type": "Replace", "pattern": {"String": "x"}, "content": ""})", "xab", 2},
        {R"({"type": "Replace", "pattern": {"Regex": "x+"}, "content": "b"})", "xa", 3},
        {R"({"type": "Replace", "pattern": {"Regex": "x+"}, "content": "b"})", "xxa", 2},
        {R"({"type": "Nmt"})", "\\u0001ab", 2},
        {R"({"type": "StripAccents"})", "\\u0301ab", 2},
        {R"({"type": "Sequence", "normalizers": [{"type": "Strip"}, {"type": "Prepend", "prepend": "b"}]})", " a", 2},
        {R"({"type": "Sequence", "normalizers": [{"type": "Strip"}, {"type": "Prepend", "prepend": "b"}]})", "a", 3}};
    for (const Case& one : cases) {
        const TemporaryFolder folder;
        writeText(folder / "tokenizer.json",
                  withModel(R"({"type": "BPE", "vocab": {"a": 0, "b": 1, "▁": 2}, "merges": []})",
                            R"(, "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first",
                               "split": false}, "normalizer": )" +
                                one.normalizer));
        const auto tokenizer = REQUIRE_OK(Tokenizer::load(folder.path()));
        const std::string text = REQUIRE_OK(parseJson("\"" + one.text + "\"", "case")).get<std::string>();
        CHECK_EQ(REQUIRE_OK(tokenizer->encode(text)).size(), one.tokens);
    }
}

HILO_TEST(unknownParts)
{
    CHECK_EQ(errorOf(withModel(goodModel, R"(, "normalizer": {"type": "Magic"})")).place, "normalizer.type");
    CHECK_CONTAINS(
        errorOf(withModel(goodModel, R"(, "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "Odd"}]})"))
            .place,
        "pre_tokenizer.pretokenizers[0]");
    CHECK_EQ(errorOf(withModel(goodModel, R"(, "decoder": {"type": "CTC"})")).place, "decoder.type");
    CHECK_EQ(errorOf(withModel(goodModel, R"(, "post_processor": {"type": "New"})")).place, "post_processor.type");
}

HILO_TEST(brokenVocabulariesAndMerges)
{
    CHECK_EQ(errorOf(withModel(R"({"type": "BPE", "vocab": {"a": -1}, "merges": []})")).place, "model.vocab.a");
    CHECK_EQ(errorOf(withModel(R"({"type": "BPE", "vocab": {"a": 4294967296}, "merges": []})")).place, "model.vocab.a");
    CHECK_EQ(errorOf(withModel(R"({"type": "BPE", "vocab": {}, "merges": []})")).place, "model.vocab");
    CHECK_EQ(errorOf(withModel(R"({"type": "BPE", "vocab": {"a": 0}, "merges": ["a c"]})")).place, "model.merges[0]");
    CHECK_EQ(errorOf(withModel(R"({"type": "BPE", "vocab": {"a": 0}, "merges": [1]})")).place, "model.merges[0]");
}

HILO_TEST(badPatterns)
{
    const Error error = errorOf(withModel(
        goodModel,
        R"(, "pre_tokenizer": {"type": "Split", "pattern": {"Regex": "("}, "behavior": "Isolated", "invert": false})"));
    CHECK_CONTAINS(error.message, "does not compile");
}

HILO_TEST(notJsonAndMissing)
{
    errorOf("{");
    errorOf("[1]");
    const TemporaryFolder folder;
    CHECK_CONTAINS(REQUIRE_ERROR(Tokenizer::load(folder.path())).message, "no such file");
}

HILO_TEST(mergesAsPairsAndAsTextAreTheSame)
{
    for (const std::string merges : {R"(["a b"])", R"([["a", "b"]])"}) {
        const TemporaryFolder folder;
        writeText(folder / "tokenizer.json",
                  R"({"model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2}, "merges": )" + merges + "}}");
        const auto tokenizer = REQUIRE_OK(Tokenizer::load(folder.path()));
        CHECK_EQ(REQUIRE_OK(tokenizer->encode("abba")), (std::vector<std::int32_t>{2, 1, 0}));
    }
}
