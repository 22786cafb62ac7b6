// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testing.h"
#include "tokenizer/stream_decoder.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

using Ids = std::vector<std::int32_t>;

} // namespace

HILO_TEST(byteLevelTextsComeBackUnchanged)
{
    const auto tokenizer = REQUIRE_OK(Tokenizer::load(dataFile("tokenizers/gpt2")));
    for (const std::string text : {"  two  spaces\n\n\ttab", "Ünïcödé 漢字 😀", "\x01\x02 control"})
        CHECK_EQ(tokenizer->decode(REQUIRE_OK(tokenizer->encode(text))), text);
}

HILO_TEST(invalidUtf8IsReplaced)
{
    const auto tokenizer = REQUIRE_OK(Tokenizer::load(dataFile("tokenizers/gpt2")));
    CHECK_EQ(tokenizer->decode(REQUIRE_OK(tokenizer->encode("a\xff\x62\xc3"))), "a\xEF\xBF\xBD"
                                                                                "b\xEF\xBF\xBD");
}

HILO_TEST(textStreamsInWholeCharacters)
{
    for (const std::string name : {"gpt2", "llama2"}) {
        const auto tokenizer = REQUIRE_OK(Tokenizer::load(dataFile("tokenizers/" + name)));
        const std::string text = "An 漢字 and 😀😀 tree.";
        StreamDecoder stream(tokenizer);
        std::string whole;
        for (const std::int32_t id : REQUIRE_OK(tokenizer->encode(text))) {
            const std::string part = stream.push(id);
            CHECK(part.find("\xEF\xBF\xBD") == std::string::npos);
            whole += part;
        }
        CHECK_EQ(whole + stream.finish(), text);
    }
}

HILO_TEST(theSampleProjectsTokenizer)
{
    const auto tokenizer = REQUIRE_OK(Tokenizer::load(std::string(HILO_SOURCE_DIR) + "/projects/gloss-classes/base"));
    CHECK_EQ(tokenizer->vocabularySize(), 4096);
    CHECK_EQ(tokenizer->bos().value_or(-1), 1);
    CHECK_EQ(tokenizer->eos().value_or(-1), 2);
    const Ids ids = REQUIRE_OK(tokenizer->encode("a kind of tree", true));
    CHECK_EQ(ids.front(), 1);
    CHECK_EQ(tokenizer->decode(ids), "a kind of tree");
}

HILO_TEST(aLongWordIsNotQuadratic)
{
    const auto tokenizer = REQUIRE_OK(Tokenizer::load(dataFile("tokenizers/llama2")));
    std::string text;
    for (int i = 0; i < 200'000; ++i)
        text += static_cast<char>('a' + i * 7 % 26);
    CHECK(REQUIRE_OK(tokenizer->encode(text)).size() > 50'000);
}
