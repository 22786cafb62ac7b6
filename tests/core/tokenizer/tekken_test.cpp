// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "support/testing.h"
#include "tokenizer/tokenizer.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

using Ids = std::vector<std::int32_t>;

Json reference()
{
    return REQUIRE_OK(readJsonFile(dataFile("tokenizers/tekken/tekken.json")));
}

Error errorOf(const Json& document)
{
    const TemporaryFolder folder;
    writeText(folder / "tekken.json", document.dump());
    const Error error = REQUIRE_ERROR(Tokenizer::load(folder.path()));
    CHECK_CONTAINS(error.file, "tekken.json");
    return error;
}

} // namespace

HILO_TEST(specialTokensComeFirstAndTextsBeginWithOne)
{
    const auto tokenizer = REQUIRE_OK(Tokenizer::load(dataFile("tokenizers/tekken")));
    CHECK_EQ(tokenizer->specialPrefix(), Ids{1});
    CHECK_EQ(tokenizer->eos().value_or(-1), 2);
    CHECK(!tokenizer->padding());
    CHECK(tokenizer->isSpecial(9));
    CHECK_EQ(tokenizer->tokenText(9), "<SPECIAL_9>");
    CHECK(!tokenizer->isSpecial(10));
    CHECK_EQ(tokenizer->tokenText(10 + 'a'), "a");
    CHECK_EQ(REQUIRE_OK(tokenizer->encode("[INST]\xc3\xa9[/INST]")).front(), 3);
    // No more tokens than the file says, though it lists more.
    CHECK_EQ(tokenizer->vocabularySize(), reference()["config"]["default_vocab_size"].get<std::int64_t>());
}

HILO_TEST(filesOfOldVersionsHaveTheUsualSpecialTokens)
{
    Json old = reference();
    old.erase("special_tokens");
    CHECK_EQ(errorOf(old).place, "special_tokens");
    old["config"]["version"] = "v3";
    old["config"]["default_num_special_tokens"] = 30;
    const TemporaryFolder folder;
    writeText(folder / "tekken.json", old.dump());
    const auto tokenizer = REQUIRE_OK(Tokenizer::load(folder.path()));
    CHECK_EQ(tokenizer->padding().value_or(-1), 11);
    CHECK_EQ(tokenizer->tokenText(19), "[TOOL_CONTENT]");
    CHECK_EQ(tokenizer->tokenText(20), "<SPECIAL_20>");
}

HILO_TEST(brokenFilesAreRefused)
{
    const auto changed = [](const std::function<void(Json&)>& change) {
        Json document = reference();
        change(document);
        return errorOf(document).place;
    };
    CHECK_EQ(changed([](Json& j) { j["vocab"][300]["rank"] = 301; }), "vocab[300].rank");
    CHECK_EQ(changed([](Json& j) { j["vocab"][300]["rank"] = -1; }), "vocab[300].rank");
    CHECK_EQ(changed([](Json& j) { j["vocab"][300]["token_bytes"] = "?"; }), "vocab[300].token_bytes");
    CHECK_EQ(changed([](Json& j) { j["vocab"][300]["token_bytes"] = ""; }), "vocab[300].token_bytes");
    CHECK_EQ(changed([](Json& j) { j["vocab"][300]["token_bytes"] = "AA=="; }), "vocab[300]");
    CHECK_EQ(changed([](Json& j) { j["vocab"][7]["token_bytes"] = "AA=="; }), "vocab[7].token_bytes");
    CHECK_EQ(changed([](Json& j) { j["vocab"][5] = 1; }), "vocab[5]");
    CHECK_EQ(changed([](Json& j) { j["vocab"] = Json::array(); }), "vocab");
    CHECK_EQ(changed([](Json& j) { j["config"].erase("pattern"); }), "config.pattern");
    CHECK_EQ(changed([](Json& j) { j["config"]["pattern"] = "("; }), "config.pattern");
    CHECK_EQ(changed([](Json& j) { j["config"]["version"] = "old"; }), "config.version");
    CHECK_EQ(changed([](Json& j) { j["config"]["default_vocab_size"] = 5; }), "config.default_vocab_size");
    CHECK_EQ(changed([](Json& j) { j["config"]["default_num_special_tokens"] = 100000; }),
             "config.default_num_special_tokens");
    CHECK_EQ(changed([](Json& j) { j["special_tokens"][1]["rank"] = 2; }), "special_tokens[1].rank");
    CHECK_EQ(changed([](Json& j) { j["special_tokens"][1]["rank"] = 10; }), "special_tokens[1].rank");
    CHECK_EQ(changed([](Json& j) { j["special_tokens"][1]["token_str"] = "<unk>"; }), "special_tokens[1].token_str");
    CHECK_EQ(changed([](Json& j) { j["special_tokens"][1]["token_str"] = "<SPECIAL_7>"; }), "special_tokens");
}
