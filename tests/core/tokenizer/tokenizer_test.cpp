// SPDX-License-Identifier: GPL-3.0-or-later
// Against the ids of Hugging Face's tokenizers (tests/interop/make_tokenizer_fixtures.py).
#include "base/json.h"
#include "support/testing.h"
#include "tokenizer/tokenizer.h"

#include <fstream>

using namespace hilo;
using namespace hilo::testing;

namespace {

using Ids = std::vector<std::int32_t>;

void compareWithReference(const std::string& name)
{
    const auto tokenizer = REQUIRE_OK(Tokenizer::load(dataFile("tokenizers/" + name)));
    std::ifstream rows(dataFile("tokenizers/" + name + "/expected.jsonl"));
    std::string line;
    int count = 0;
    while (std::getline(rows, line)) {
        const Json row = REQUIRE_OK(parseJson(line, "expected.jsonl"));
        const auto text = row["text"].get<std::string>();
        const auto expected = row["ids"].get<Ids>();
        if (tokenizer->encode(text) != expected)
            fail("\"" + text + "\" became " + printed(tokenizer->encode(text)) + ", expected " + printed(expected),
                 __FILE__, __LINE__);
        CHECK_EQ(tokenizer->encode(text, true), row["with_special"].get<Ids>());
        CHECK_EQ(tokenizer->decode(expected), row["decoded"].get<std::string>());
        ++count;
    }
    CHECK(count > 200);
}

} // namespace

HILO_TEST(gpt2)
{
    compareWithReference("gpt2");
}
HILO_TEST(llama3)
{
    compareWithReference("llama3");
}
HILO_TEST(qwenWithNfcAndAddedTokens)
{
    compareWithReference("qwen");
}
HILO_TEST(llama2WithByteFallback)
{
    compareWithReference("llama2");
}
HILO_TEST(metaspace)
{
    compareWithReference("metaspace");
}

HILO_TEST(byteLevelTextsComeBackUnchanged)
{
    const auto tokenizer = REQUIRE_OK(Tokenizer::load(dataFile("tokenizers/gpt2")));
    for (const std::string text : {"  two  spaces\n\n\ttab", "Ünïcödé 漢字 😀", "\x01\x02 control"})
        CHECK_EQ(tokenizer->decode(tokenizer->encode(text)), text);
}

HILO_TEST(invalidUtf8IsReplaced)
{
    const auto tokenizer = REQUIRE_OK(Tokenizer::load(dataFile("tokenizers/gpt2")));
    CHECK_EQ(tokenizer->decode(tokenizer->encode("a\xff\x62\xc3")), "a\xEF\xBF\xBD"
                                                                    "b\xEF\xBF\xBD");
}

HILO_TEST(textStreamsInWholeCharacters)
{
    for (const std::string name : {"gpt2", "llama2"}) {
        const auto tokenizer = REQUIRE_OK(Tokenizer::load(dataFile("tokenizers/" + name)));
        const std::string text = "An 漢字 and 😀😀 tree.";
        StreamDecoder stream(tokenizer);
        std::string whole;
        for (const std::int32_t id : tokenizer->encode(text)) {
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
    const Ids ids = tokenizer->encode("a kind of tree", true);
    CHECK_EQ(ids.front(), 1);
    CHECK_EQ(tokenizer->decode(ids), "a kind of tree");
}

HILO_TEST(aLongWordIsNotQuadratic)
{
    const auto tokenizer = REQUIRE_OK(Tokenizer::load(dataFile("tokenizers/llama2")));
    std::string text;
    for (int i = 0; i < 200'000; ++i)
        text += static_cast<char>('a' + i * 7 % 26);
    CHECK(tokenizer->encode(text).size() > 50'000);
}
