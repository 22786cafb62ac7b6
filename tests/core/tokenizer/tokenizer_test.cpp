// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "support/testing.h"
#include "tokenizer/stream_decoder.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

using Ids = std::vector<std::int32_t>;

/// A model without merges, of the characters below.
std::shared_ptr<const Tokenizer> constructed(const Json& normalizer, const Json& preTokenizer,
                                             const Json& added = Json::array())
{
    Json vocabulary = Json::object();
    std::int32_t id = 0;
    for (const char* character : {"▁", "a", "b", "1", "2", "⁄", " ", "c", "ş", "s", "\xcc\xa7", ".", "…"})
        vocabulary[character] = id++;
    const TemporaryFolder folder;
    const Json document = {{"version", "1.0"},
                           {"added_tokens", added},
                           {"normalizer", normalizer},
                           {"pre_tokenizer", preTokenizer},
                           {"model", {{"type", "BPE"}, {"vocab", vocabulary}, {"merges", Json::array()}}}};
    writeText(folder / "tokenizer.json", document.dump());
    return REQUIRE_OK(Tokenizer::load(folder.path()));
}

Json added(const std::string& text, bool left, bool right, bool normalized = false)
{
    return Json::array({{{"id", 13},
                         {"content", text},
                         {"single_word", false},
                         {"lstrip", left},
                         {"rstrip", right},
                         {"normalized", normalized},
                         {"special", false}}});
}

} // namespace

/// The ids are those of Hugging Face's tokenizers 0.23.3: what a first character became, and what was put in front of
/// it, all begins where the text begins, so that Metaspace's "first" goes to each piece of it.
HILO_TEST(firstPiecesAreThoseOfTheFirstCharacter)
{
    const auto sequence = [](const Json& first) {
        const Json metaspace = {
            {"type", "Metaspace"}, {"replacement", "▁"}, {"prepend_scheme", "first"}, {"split", true}};
        return Json{{"type", "Sequence"}, {"pretokenizers", Json::array({first, metaspace})}};
    };
    const auto split = [](const char* text) {
        return Json{{"type", "Split"}, {"pattern", {{"String", text}}}, {"behavior", "Isolated"}, {"invert", false}};
    };
    const Json digits = {{"type", "Digits"}, {"individual_digits", true}};
    const Json nfkc = {{"type", "NFKC"}};
    const auto check = [](const std::shared_ptr<const Tokenizer>& tokenizer, const std::string& text,
                          const Ids& expected) { CHECK_EQ(REQUIRE_OK(tokenizer->encode(text)), expected); };
    const auto numbers = constructed(nfkc, sequence(digits));
    check(numbers, "½a", {0, 3, 0, 5, 0, 4, 1});
    check(numbers, "a½", {0, 1, 3, 5, 4});
    check(numbers, "1½", {0, 3, 3, 5, 4});
    const auto dots = constructed(nfkc, sequence(split(".")));
    check(dots, "…a", {0, 11, 0, 11, 0, 11, 1});
    check(dots, ".…", {0, 11, 11, 11, 11});
    const Json letters = {{"type", "FixedLength"}, {"length", 1}};
    const auto marks = constructed({{"type", "NFD"}}, sequence(letters));
    check(marks, "şa", {0, 9, 0, 10, 1});
    check(marks, "aş", {0, 1, 9, 10});
    const auto prepended = constructed({{"type", "Prepend"}, {"prepend", "ab"}}, sequence(split("b")));
    check(prepended, "ca", {0, 1, 0, 2, 0, 7, 1});
    check(prepended, "b", {0, 1, 0, 2, 0, 2});
    check(constructed(nullptr, sequence(split("a"))), "abab", {0, 1, 2, 1, 2});
    // Behind an added token inside of what the first character became.
    check(constructed(nfkc, sequence(digits), added("⁄", false, false, true)), "½a", {0, 3, 5, 0, 4, 1});
}

/// The same tokenizers: a token whose blanks the one before has taken with it is not there.
HILO_TEST(blanksThatAreTakenAreNoTokenAgain)
{
    const Json metaspace = {{"type", "Metaspace"}, {"replacement", "▁"}, {"prepend_scheme", "first"}, {"split", true}};
    const auto ids = [&](bool left, bool right, const std::string& text) {
        return REQUIRE_OK(constructed(nullptr, metaspace, added("  ", left, right))->encode(text));
    };
    CHECK_EQ(ids(true, true, "a     b"), (Ids{0, 1, 13, 2}));
    CHECK_EQ(ids(true, true, "      "), Ids{13});
    CHECK_EQ(ids(true, true, "a    b  a"), (Ids{0, 1, 13, 2, 13, 1}));
    CHECK_EQ(ids(false, true, "a     b"), (Ids{0, 1, 13, 13, 2}));
    CHECK_EQ(ids(false, true, "      "), (Ids{13, 13, 13}));
    CHECK_EQ(ids(true, false, "a     b"), (Ids{0, 1, 13, 13, 0, 2}));
}

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
