// SPDX-License-Identifier: GPL-3.0-or-later
// Patterns, pre-tokenizers and normalizers against Hugging Face's tokenizers
// (tests/interop/tokenizer_pattern_fixtures.py).
#include "base/text_format.h"
#include "support/testing.h"
#include "tokenizer/gguf_pre_tokenizers.h"
#include "tokenizer/normalizer.h"
#include "tokenizer/pre_tokenizer.h"

#include <fstream>
#include <set>

using namespace hilo;
using namespace hilo::testing;

namespace {

std::vector<Json> rowsWith(const std::string& key)
{
    std::ifstream file(dataFile("tokenizers/patterns.jsonl"));
    std::vector<Json> rows;
    std::string line;
    while (std::getline(file, line))
        if (Json row = REQUIRE_OK(parseJson(line, "patterns.jsonl")); row.contains(key))
            rows.push_back(std::move(row));
    CHECK(rows.size() > 50);
    return rows;
}

/// Every row is compared before the test fails, so that one run shows all that differ.
class Differences
{
  public:
    void compare(const std::string& what, const Json& text, const Json& found, const Json& expected)
    {
        if (found != expected)
            all_ += "\n" + what + " on " + text.dump() + ": " + found.dump() + ", expected " + expected.dump();
    }
    ~Differences() noexcept(false)
    {
        if (!all_.empty())
            fail(all_, __FILE__, __LINE__);
    }

  private:
    std::string all_;
};

Json piecesOf(const std::vector<CutStep>& steps, const std::string& text)
{
    std::vector<Piece> pieces = {{text, 1}};
    for (const CutStep& step : steps)
        pieces = REQUIRE_OK(step(std::move(pieces)));
    Json texts = Json::array();
    for (const Piece& piece : pieces)
        if (!piece.text.empty())
            texts.push_back(piece.text);
    return texts;
}

} // namespace

HILO_TEST(patternsMeanWhatOnigurumaMeans)
{
    Differences differences;
    for (const Json& row : rowsWith("pattern")) {
        const Json split = {{"type", "Split"}, {"pattern", {{"Regex", row["pattern"]}}}, {"behavior", "Isolated"}};
        const auto steps = parsePreTokenizer(split, "patterns.jsonl", "pattern");
        if (!steps)
            differences.compare(row["pattern"], row["text"], describe(steps.error()), row["pieces"]);
        else
            differences.compare(row["pattern"], row["text"], piecesOf(*steps, row["text"]), row["pieces"]);
    }
}

HILO_TEST(preTokenizersCutAsTheReferenceDoes)
{
    Differences differences;
    for (const Json& row : rowsWith("pre_tokenizer")) {
        const auto steps = REQUIRE_OK(parsePreTokenizer(row["pre_tokenizer"], "patterns.jsonl", ""));
        differences.compare(row["pre_tokenizer"].dump(), row["text"], piecesOf(steps, row["text"]), row["pieces"]);
    }
}

HILO_TEST(normalizersRewriteAsTheReferenceDoes)
{
    Differences differences;
    for (const Json& row : rowsWith("normalizer")) {
        NormalizedText text{row["text"].get<std::string>()};
        for (const NormalizeStep& step : REQUIRE_OK(parseNormalizer(row["normalizer"], "patterns.jsonl", "")))
            text = REQUIRE_OK(step(std::move(text)));
        differences.compare(row["normalizer"].dump(), row["text"], text.text, row["normalized"]);
    }
}

HILO_TEST(preTokenizersThatGgufFilesNameCutAsTheirPatternsDo)
{
    Differences differences;
    std::set<std::string> seen;
    for (const Json& row : rowsWith("gguf"))
        for (const Json& name : row["gguf"]) {
            const GgufPreTokenizer* known = ggufPreTokenizer(name.get<std::string>());
            if (!known)
                fail(name.dump() + " is not known", __FILE__, __LINE__);
            seen.insert(known->name);
            const auto steps = REQUIRE_OK(cutSteps(*known));
            differences.compare(known->name, row["text"], piecesOf(steps, row["text"]), row["pieces"]);
        }
    for (const GgufPreTokenizer& one : ggufPreTokenizers())
        if (!seen.contains(one.name))
            fail(std::string(one.name) + " is in no row", __FILE__, __LINE__);
}

HILO_TEST(whatCannotBeSaidInPcreIsRefusedByName)
{
    for (const std::string pattern : {"(?~ab)", "(*FAIL)", "\\p{Nonsense}", "(?x: a )", "[a", "(?W:\\w)",
                                      "a[[:nonsense:]]", "\\y", "[^a]\\X", "\\X{2}", "\\p{So}|\\X", "(?=\\X)"}) {
        const Json split = {{"type", "Split"}, {"pattern", {{"Regex", pattern}}}, {"behavior", "Isolated"}};
        const Error error = REQUIRE_ERROR(parsePreTokenizer(split, "tokenizer.json", "pre_tokenizer"));
        CHECK_CONTAINS(error.place, "pre_tokenizer.pattern.Regex");
        CHECK_CONTAINS(error.message, pattern);
    }
}

HILO_TEST(aMatcherThatGivesUpIsAnErrorAndNotTheEndOfTheText)
{
    // Exponential: every way to part the letters is tried before the absence of the "!" is believed.
    const Json split = {
        {"type", "Split"}, {"pattern", {{"Regex", "(?:a|aa|aaa)+(?=!)|x(?=!)"}}}, {"behavior", "Isolated"}};
    const auto steps = REQUIRE_OK(parsePreTokenizer(split, "tokenizer.json", "pre_tokenizer"));
    std::vector<Piece> pieces = {{std::string(500, 'a') + " end", true}};
    const Error error = REQUIRE_ERROR(steps.front()(std::move(pieces)));
    CHECK_CONTAINS(error.place, "pre_tokenizer.pattern.Regex");
    CHECK_CONTAINS(error.message, "gave up");
}

/// write_graphemes() of tests/interop/tokenizer_pattern_fixtures.py.
HILO_TEST(graphemeClustersAreThoseOfOniguruma)
{
    const Json document = REQUIRE_OK(readJsonFile(dataFile("tokenizers/graphemes.json")));
    const auto characters = document["characters"].get<std::vector<std::string>>();
    std::vector<std::string> texts;
    for (const std::string& first : characters)
        for (const std::string& second : characters)
            texts.push_back(first + second);
    for (const std::string& first : characters)
        for (const std::string& second : characters)
            for (const std::string& third : characters)
                texts.push_back(first + second + third);
    for (const Json& text : REQUIRE_OK(readJsonFile(dataFile("tokenizers/texts.json"))))
        texts.push_back(text.get<std::string>());
    const Json split = {{"type", "Split"}, {"pattern", {{"Regex", "\\X"}}}, {"behavior", "Isolated"}};
    const auto steps = REQUIRE_OK(parsePreTokenizer(split, "graphemes.json", ""));
    constexpr std::size_t atOnce = 10;
    CHECK_EQ(document["hashes"].size(), (texts.size() + atOnce - 1) / atOnce);
    Differences differences;
    for (std::size_t at = 0; at < texts.size(); at += atOnce) {
        std::uint64_t hash = 0xcbf29ce484222325ULL;
        const std::size_t end = std::min(at + atOnce, texts.size());
        for (std::size_t text = at; text < end; ++text)
            for (const Json& piece : piecesOf(steps, texts[text]))
                hash = (hash ^ piece.get<std::string>().size()) * 0x100000001b3ULL;
        differences.compare("\\X",
                            Json(std::vector<std::string>(texts.begin() + static_cast<std::ptrdiff_t>(at),
                                                          texts.begin() + static_cast<std::ptrdiff_t>(end))),
                            printed("%016llx", static_cast<unsigned long long>(hash)), document["hashes"][at / atOnce]);
    }
    for (const Json& row : document["rows"])
        differences.compare(
            row["pre_tokenizer"].dump(), row["text"],
            piecesOf(REQUIRE_OK(parsePreTokenizer(row["pre_tokenizer"], "graphemes.json", "")), row["text"]),
            row["pieces"]);
}
