// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/log.h"
#include "core/formats/gguf_builder.h"
#include "support/testing.h"
#include "tokenizer/byte_level.h"
#include "tokenizer/tokenizer.h"

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
