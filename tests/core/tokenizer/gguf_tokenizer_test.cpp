// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/log.h"
#include "core/formats/gguf_builder.h"
#include "support/testing.h"
#include "tokenizer/byte_level.h"
#include "tokenizer/tokenizer.h"

#include <cmath>

using namespace hilo;
using namespace hilo::testing;

namespace {

using Ids = std::vector<std::int32_t>;

/// A byte-level vocabulary of the letters below, all digits' pairs and triples, and two control tokens.
const std::vector<std::string> tokens = {"1",  "2", "3", "12", "123", "a",         "!",
                                         "!!", "Ġ", "(", "(a", "<s>", "<|im_end|>"};
const std::vector<std::string> merges = {"1 2", "12 3", "! !", "( a"};

GgufBuilder byteLevel(const std::string& pre)
{
    GgufBuilder builder;
    builder.words("tokenizer.ggml.model", "gpt2").texts("tokenizer.ggml.tokens", tokens);
    builder.texts("tokenizer.ggml.merges", merges).number("tokenizer.ggml.bos_token_id", 11);
    std::vector<std::int32_t> types(tokens.size(), 1);
    types[11] = 3;
    builder.numbers("tokenizer.ggml.token_type", 5, types);
    if (!pre.empty())
        builder.words("tokenizer.ggml.pre", pre);
    return builder;
}

std::shared_ptr<const Tokenizer> load(const GgufBuilder& builder)
{
    const TemporaryFolder folder;
    writeText(folder / "v.gguf", builder.bytes());
    return REQUIRE_OK(Tokenizer::load(folder / "v.gguf"));
}

} // namespace

HILO_TEST(aFileWithoutPreIsCutAsLlamaCppsDefault)
{
    const auto missing = load(byteLevel(""));
    const auto named = load(byteLevel("default"));
    const auto llama3 = load(byteLevel("llama-bpe"));
    // "default" parts punctuation and letters, and digits by threes from the left.
    for (const std::string text : {"(a", "1231", "a!!", "12 3"})
        CHECK_EQ(REQUIRE_OK(missing->encode(text)), REQUIRE_OK(named->encode(text)));
    CHECK_EQ(REQUIRE_OK(missing->encode("(a")), (Ids{9, 5}));
    CHECK_EQ(REQUIRE_OK(llama3->encode("(a")), (Ids{10}));
    CHECK_EQ(REQUIRE_OK(missing->encode("1231")), (Ids{4, 0}));
}

HILO_TEST(whetherATextBeginsWithBosFollowsThePreTokenizer)
{
    CHECK(load(byteLevel("gpt-2"))->specialPrefix().empty());
    CHECK(load(byteLevel("dbrx"))->specialPrefix().empty());
    CHECK_EQ(load(byteLevel("llama-bpe"))->specialPrefix(), Ids{11});
    CHECK_EQ(load(byteLevel("tekken"))->specialPrefix(), Ids{11});
    CHECK(load(byteLevel("llama-bpe").flag("tokenizer.ggml.add_bos_token", false))->specialPrefix().empty());
    CHECK_EQ(load(byteLevel("gpt-2").flag("tokenizer.ggml.add_bos_token", true))->specialPrefix(), Ids{11});
}

HILO_TEST(endsOfATurnAreControlTokensAlsoWhereTheFileDoesNotMarkThem)
{
    const auto tokenizer = load(byteLevel("gpt-2"));
    CHECK_EQ(REQUIRE_OK(tokenizer->encode("a<|im_end|>")), (Ids{5, 12}));
    CHECK(tokenizer->isSpecial(12));
    CHECK_EQ(tokenizer->endTokens(), Ids{12});
}

HILO_TEST(anUnknownPreTokenizerIsRefusedByName)
{
    const TemporaryFolder folder;
    writeText(folder / "v.gguf", byteLevel("no-such-thing").bytes());
    const Error error = REQUIRE_ERROR(Tokenizer::load(folder / "v.gguf"));
    CHECK_EQ(error.place, "tokenizer.ggml.pre");
    CHECK_CONTAINS(error.message, "no-such-thing");
    CHECK_CONTAINS(error.hint, "llama-bpe");
}

HILO_TEST(specialIdsThatAreNoTokensDoNotStopTheTokenizer)
{
    for (const char* key : {"padding", "unknown", "eos", "eot"}) {
        const auto tokenizer =
            load(byteLevel("gpt-2").number(std::string("tokenizer.ggml.") + key + "_token_id", 0xffffffff));
        CHECK_EQ(REQUIRE_OK(tokenizer->encode("a")), Ids{5});
        CHECK(!tokenizer->eos());
    }
}

HILO_TEST(everySpecialIdThatIsNoTokenIsWarnedOf)
{
    const TemporaryFolder folder;
    addLogFile(folder / "log.txt");
    for (const char* name : {"padding", "seperator", "cls", "mask"}) {
        const std::string key = std::string("tokenizer.ggml.") + name + "_token_id";
        load(byteLevel("gpt-2").number(key, 0xffffffff));
        logger("formats")->flush();
        CHECK_CONTAINS(readText(folder / "log.txt"), key + " is 4294967295");
    }
}

HILO_TEST(aTokenBeyondTheEmbeddingOfAGgufFileIsRefusedWhereItIsUsed)
{
    const auto tokenizer = load(byteLevel("gpt-2").floats("token_embd.weight", {2, 12}, std::vector<float>(24)));
    REQUIRE_OK(tokenizer->encode("a!!"));
    CHECK_CONTAINS(REQUIRE_ERROR(tokenizer->encode("a<|im_end|>")).message, "<|im_end|>");
}

HILO_TEST(namedChatTemplatesAreRead)
{
    GgufBuilder builder = byteLevel("");
    builder.words("tokenizer.chat_template", "plain").words("tokenizer.chat_template.tool_use", "with tools");
    builder.texts("tokenizer.chat_templates", {"tool_use", "missing"});
    const auto tokenizer = load(builder);
    CHECK_EQ(tokenizer->chatTemplate(), "plain");
    CHECK_EQ(tokenizer->chatTemplates().size(), 2u);
    CHECK_EQ(tokenizer->chatTemplates().at("tool_use"), "with tools");
    CHECK(load(byteLevel(""))->chatTemplates().empty());
}

namespace {

GgufBuilder unigram()
{
    GgufBuilder builder;
    builder.words("tokenizer.ggml.model", "t5");
    builder.texts("tokenizer.ggml.tokens", {"<pad>", "</s>", "<unk>", "▁a", "b", "<extra>", "▁"});
    builder.numbers<std::int32_t>("tokenizer.ggml.token_type", 5, {3, 3, 2, 1, 1, 4, 1});
    return builder;
}

GgufBuilder scored()
{
    return unigram().numbers<float>("tokenizer.ggml.scores", 6, {0, 0, 0, -1, -2, -9, -3});
}

Error t5Error(const GgufBuilder& builder)
{
    const TemporaryFolder folder;
    writeText(folder / "v.gguf", builder.bytes());
    return REQUIRE_ERROR(Tokenizer::load(folder / "v.gguf"));
}

} // namespace

HILO_TEST(aUnigramVocabularyHasLlamaCppsUsualIds)
{
    const auto tokenizer = load(scored().flag("tokenizer.ggml.add_space_prefix", true));
    CHECK_EQ(tokenizer->eos().value_or(-1), 1);
    CHECK_EQ(tokenizer->unknown().value_or(-1), 2);
    CHECK_EQ(tokenizer->padding().value_or(-1), 0);
    CHECK_EQ(REQUIRE_OK(tokenizer->encode("ab")), (Ids{3, 4}));
    // Neighbouring unknown characters are one token; every stretch between tokens that stand for themselves begins with
    // a blank.
    CHECK_EQ(REQUIRE_OK(tokenizer->encode("axyb<extra>b")), (Ids{3, 2, 4, 5, 6, 4}));
    CHECK_EQ(REQUIRE_OK(tokenizer->encode("a", true)), (Ids{3, 1}));
    CHECK_EQ(tokenizer->decode(Ids{3, 4, 3}), "ab a");
    CHECK_EQ(REQUIRE_OK(load(scored())->encode("b")), Ids{4});
}

HILO_TEST(brokenUnigramVocabulariesOfGgufFilesAreRefused)
{
    CHECK_EQ(t5Error(unigram()).place, "tokenizer.ggml.scores");
    CHECK_CONTAINS(t5Error(unigram().numbers<float>("tokenizer.ggml.scores", 6, {1})).message, "entries");
    CHECK_CONTAINS(
        t5Error(unigram().numbers<float>("tokenizer.ggml.scores", 6, {0, 0, 0, std::nanf(""), 0, 0, 0})).message,
        "finite");
    CHECK_EQ(t5Error(scored().numbers<std::uint8_t>("tokenizer.ggml.precompiled_charsmap", 0, {9, 0, 0, 0, 1})).place,
             "tokenizer.ggml.precompiled_charsmap");
    CHECK_CONTAINS(t5Error(scored().numbers<float>("tokenizer.ggml.precompiled_charsmap", 6, {0.5f})).message, "bytes");
    GgufBuilder unknownModel;
    unknownModel.words("tokenizer.ggml.model", "rwkv").texts("tokenizer.ggml.tokens", {"a"});
    CHECK_CONTAINS(t5Error(unknownModel).message, "rwkv");
}
