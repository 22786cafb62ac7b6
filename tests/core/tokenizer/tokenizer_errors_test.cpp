// SPDX-License-Identifier: GPL-3.0-or-later
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
    const Error error = errorOf(withModel(R"({"type": "Unigram", "vocab": []})"));
    CHECK_EQ(error.place, "model.type");
    CHECK_CONTAINS(error.message, "Unigram");
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
