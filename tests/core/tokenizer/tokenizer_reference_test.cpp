// SPDX-License-Identifier: GPL-3.0-or-later
// Every tokenizer of tests/data/tokenizers against the ids of Hugging Face's tokenizers and transformers
// (tests/interop/make_tokenizer_fixtures.py); a tekken.json against mistral_common, "t5" vocabularies of GGUF files
// against sentencepiece (tests/interop/tokenizer_file_fixtures.py).
#include "base/json.h"
#include "support/testing.h"
#include "tokenizer/tokenizer.h"

#include <fstream>

using namespace hilo;
using namespace hilo::testing;

namespace {

using Ids = std::vector<std::int32_t>;

/// FNV-1a over the ids' four bytes each and a text.
std::uint64_t hashOf(const Ids& ids, const std::string& behind = {})
{
    std::uint64_t value = 0xcbf29ce484222325ULL;
    const auto add = [&value](std::uint32_t byte) { value = (value ^ (byte & 0xff)) * 0x100000001b3ULL; };
    for (const std::int32_t id : ids)
        for (int shift = 0; shift < 32; shift += 8)
            add(static_cast<std::uint32_t>(id) >> shift);
    for (const char byte : behind)
        add(static_cast<unsigned char>(byte));
    return value;
}

std::string inHex(std::uint64_t value, int digits)
{
    std::ostringstream text;
    text << std::hex << std::setw(digits) << std::setfill('0') << value;
    return text.str();
}

std::string fingerprintOf(const Ids& ids)
{
    return inHex(hashOf(ids), 16);
}

std::string repeated(const Json& run)
{
    std::string text = run[0].get<std::string>();
    for (int i = 0; i < run[2].get<int>(); ++i)
        text += run[1].get<std::string>();
    return text + run[3].get<std::string>();
}

void compareRow(const Tokenizer& tokenizer, const Json& row)
{
    if (row.contains("run")) {
        const Ids ids = REQUIRE_OK(tokenizer.encode(repeated(row["run"])));
        if (static_cast<int>(ids.size()) != row["count"] || fingerprintOf(ids) != row["fingerprint"])
            fail("the run " + row["run"].dump() + " became " + std::to_string(ids.size()) + " ids, expected " +
                     row["count"].dump() + ": " +
                     printed(Ids(ids.begin(), ids.begin() + std::min<long>(20, ids.end() - ids.begin()))),
                 __FILE__, __LINE__);
        return;
    }
    const auto text = row["text"].get<std::string>();
    const auto expected = row["ids"].get<Ids>();
    const Ids ids = REQUIRE_OK(tokenizer.encode(text));
    if (ids != expected)
        fail("\"" + text + "\" became " + printed(ids) + ", expected " + printed(expected), __FILE__, __LINE__);
    CHECK_EQ(REQUIRE_OK(tokenizer.encode(text, true)), row["with_special"].get<Ids>());
    CHECK_EQ(tokenizer.decode(expected), row["decoded"].get<std::string>());
}

/// 2,000 texts, each with one number for its ids, its ids with special tokens and what they decode to.
void compareNumbers(const std::string& name, const std::string& file = {}, bool decodes = true)
{
    const auto tokenizer =
        REQUIRE_OK(Tokenizer::load(dataFile("tokenizers/" + name + (file.empty() ? "" : "/" + file))));
    const Json texts = REQUIRE_OK(readJsonFile(dataFile("tokenizers/texts.json")));
    std::ifstream numbers(dataFile("tokenizers/" + name + "/numbers.txt"));
    CHECK_EQ(texts.size(), 2000u);
    std::size_t different = 0;
    for (const Json& text : texts) {
        std::string expected;
        std::getline(numbers, expected);
        if (expected == "-")
            continue; // the reference differs by design (tokenizer_file_fixtures.py)
        Ids ids = REQUIRE_OK(tokenizer->encode(text.get<std::string>()));
        const std::string decoded = decodes ? tokenizer->decode(ids) : std::string();
        const Ids special = REQUIRE_OK(tokenizer->encode(text.get<std::string>(), true));
        const std::string shown = printed(ids) + " \"" + decoded + "\"";
        ids.insert(ids.end(), special.begin(), special.end());
        if (inHex(hashOf(ids, decoded) & 0xffffffff, 8) != expected && ++different <= 10)
            fail(text.dump() + " became " + shown, __FILE__, __LINE__);
    }
    CHECK_EQ(different, 0u);
}

void compareWithReference(const std::string& name, int rows = 60)
{
    const auto tokenizer = REQUIRE_OK(Tokenizer::load(dataFile("tokenizers/" + name)));
    std::ifstream expected(dataFile("tokenizers/" + name + "/expected.jsonl"));
    std::string line;
    int count = 0;
    for (; std::getline(expected, line); ++count)
        compareRow(*tokenizer, REQUIRE_OK(parseJson(line, "expected.jsonl")));
    CHECK(count > rows);
    compareNumbers(name);
    const auto names = dataFile("tokenizers/" + name + "/names.json");
    if (!std::filesystem::exists(names))
        return;
    const Json found = REQUIRE_OK(readJsonFile(names));
    const auto idOf = [&](const char* key) { return found[key].is_null() ? -1 : found[key].get<std::int32_t>(); };
    CHECK_EQ(tokenizer->bos().value_or(-1), idOf("bos"));
    CHECK_EQ(tokenizer->eos().value_or(-1), idOf("eos"));
    CHECK_EQ(tokenizer->padding().value_or(-1), idOf("padding"));
    for (const auto& [text, id] : found["tokens"].items())
        CHECK_EQ(tokenizer->tokenId(text).value_or(-1), id.get<std::int32_t>());
    for (std::int32_t id = 0; id < tokenizer->vocabularySize(); ++id)
        CHECK_EQ(tokenizer->isSpecial(id), std::ranges::find(found["special"], Json(id)) != found["special"].end());
}

} // namespace

HILO_TEST(gpt2)
{
    compareWithReference("gpt2", 170);
}
HILO_TEST(llama3)
{
    compareWithReference("llama3", 170);
}
HILO_TEST(qwenWithNfcAndAddedTokens)
{
    compareWithReference("qwen", 170);
}
HILO_TEST(llama2WithByteFallback)
{
    compareWithReference("llama2", 170);
}
HILO_TEST(metaspace)
{
    compareWithReference("metaspace", 170);
}
HILO_TEST(aPatternWithIntersectionsOfClasses)
{
    compareWithReference("class-intersection");
}
HILO_TEST(o200k)
{
    compareWithReference("o200k");
}
HILO_TEST(aPatternWithAGroupInARepetition)
{
    compareWithReference("grouped");
}
HILO_TEST(bordersOfAddedTokens)
{
    compareWithReference("added-borders");
}
HILO_TEST(addedTokensInLowerCase)
{
    compareWithReference("added-lowercase");
}
HILO_TEST(addedTokensBehindLlama2sNormalizer)
{
    compareWithReference("added-llama2");
}
HILO_TEST(addedTokensWhoseIdsAreWrongInTheFile)
{
    compareWithReference("added-odd-ids");
}
HILO_TEST(addedTokensOfTheConfiguration)
{
    compareWithReference("config-decoder");
}
HILO_TEST(addedTokensOfOldFiles)
{
    compareWithReference("legacy-files");
}
HILO_TEST(tokensThatOnlyTheConfigurationNames)
{
    compareWithReference("named-in-config");
}
HILO_TEST(unigramWithATableOfCharactersAndBytes)
{
    compareWithReference("unigram-first");
}
HILO_TEST(unigramWhereEveryWordBeginsWithABlank)
{
    compareWithReference("unigram-always");
}
HILO_TEST(unigramOfWholeTexts)
{
    compareWithReference("unigram-whole");
}
HILO_TEST(mergesWithAMarkAtTheEndOfAWord)
{
    compareWithReference("bpe-suffix");
}
HILO_TEST(mergesWithAMarkInsideOfAWord)
{
    compareWithReference("bpe-prefix");
}
HILO_TEST(tekken)
{
    compareNumbers("tekken");
    compareNumbers("tekken", "tekken.json");
}
HILO_TEST(unigramOfAGgufFileWithRunsOfBlanksAsOne)
{
    compareNumbers("gguf-t5", "tokenizer.gguf", false);
}
HILO_TEST(unigramOfAGgufFileWithItsBlanks)
{
    compareNumbers("gguf-t5-blanks", "tokenizer.gguf", false);
}
