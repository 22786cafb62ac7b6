// SPDX-License-Identifier: GPL-3.0-or-later
#include "serve/answer_json.h"
#include "serve/choice_writer.h"
#include "serve/token_names.h"
#include "support/testing.h"

using namespace hilo;
using hilo::testing::dataFile;

namespace {

std::shared_ptr<const Tokenizer> tokenizer()
{
    return REQUIRE_OK(Tokenizer::load(dataFile("tokenizers/llama3/tokenizer.json")));
}

/// The text of parts whose tokens come one by one.
struct Written
{
    std::string text;
    std::vector<std::int32_t> tokens;
    bool stopped = false;
};

Written written(const std::string& text, std::vector<std::string> stops)
{
    const auto vocabulary = tokenizer();
    const auto ids = REQUIRE_OK(vocabulary->encode(text));
    ChoiceWriter writer(vocabulary, REQUIRE_OK(vocabulary->encode("once")), std::move(stops));
    AnswerPart all;
    for (const std::int32_t id : ids)
        all.append(writer.push({id, -1.0f, {}}));
    all.append(writer.finish());
    Written result{all.text, {}, writer.stopped()};
    for (const ScoredToken& token : all.tokens)
        result.tokens.push_back(token.id);
    return result;
}

} // namespace

HILO_TEST(stopsAreFoundOverPartsAndNothingBehindThemIsShown)
{
    StopSearch search({"END", "NO"});
    CHECK_EQ(search.push("a E"), "a ");
    CHECK_EQ(search.push("N"), "");
    CHECK_EQ(search.push("x N"), "ENx ");
    CHECK_EQ(search.push("NEN"), "NN");
    CHECK_EQ(search.push("D and NO"), "");
    CHECK(search.found());
    CHECK_EQ(search.push("more"), "");
    StopSearch other({"END"});
    CHECK_EQ(other.push("it is EN"), "it is ");
    CHECK_EQ(other.finish(), "EN");
    StopSearch overlapping({"aab"});
    CHECK_EQ(overlapping.push("aa"), "");
    CHECK_EQ(overlapping.push("ab!"), "a");
    CHECK(overlapping.found());
}

HILO_TEST(anAnswerIsItsTokensUpToTheStop)
{
    const std::string text = " upon a time, ünïcödé 🐦 bird sang";
    const Written whole = written(text, {});
    CHECK_EQ(whole.text, text);
    CHECK_EQ(whole.tokens, REQUIRE_OK(tokenizer()->encode(text)));
    const Written cut = written(text, {"bird"});
    CHECK(cut.stopped);
    CHECK_EQ(cut.text, " upon a time, ünïcödé 🐦 ");
    CHECK(cut.tokens.size() < whole.tokens.size());
    for (std::size_t i = 0; i < cut.tokens.size(); ++i)
        CHECK_EQ(cut.tokens[i], whole.tokens[i]);
    CHECK_EQ(written(text, {" upon"}).text, "");
    CHECK_EQ(written(text, {" upon"}).tokens.size(), 0u);
    CHECK_EQ(written(text, {"sang!"}).text, text);
    CHECK(!written(text, {"sang!"}).stopped);
}

HILO_TEST(namesOfTokensAreTheirTextsOrBytes)
{
    const auto vocabulary = tokenizer();
    const TokenNames names(vocabulary);
    const std::string text = " a bird 🐦, ünïcödé";
    std::string joined;
    bool sawBytes = false;
    for (const std::int32_t id : REQUIRE_OK(vocabulary->encode(text))) {
        joined += names.text(id).value_or("");
        sawBytes = sawBytes || names.name(id).starts_with("bytes:\\x");
    }
    CHECK(joined.starts_with(" a bird "));
    // The bird's character has several tokens.
    CHECK(sawBytes);
    CHECK_EQ(names.name(-1), "token_id:-1");
}

HILO_TEST(completionsAreWrittenAsTheApiHasThem)
{
    const auto vocabulary = tokenizer();
    const TokenNames names(vocabulary);
    const auto ids = REQUIRE_OK(vocabulary->encode(" a bird"));
    AnswerJson json(AnswerKind::Completion, "cmpl-1", "m", 5, names, true);
    Answer answer;
    answer.part.text = " a bird";
    answer.part.tokens = {{ids[0], {}, {}}, {ids[1], -0.5f, {{7, -0.25f}, {ids[1], -0.5f}}}};
    answer.reason = "length";
    const Json whole = json.whole({answer}, {3, 1, 2});
    CHECK_EQ(whole["object"].get<std::string>(), "text_completion");
    CHECK_EQ(whole["usage"]["total_tokens"].get<int>(), 5);
    const Json& choice = whole["choices"][0];
    CHECK_EQ(choice["text"].get<std::string>(), " a bird");
    CHECK_EQ(choice["finish_reason"].get<std::string>(), "length");
    const Json& scores = choice["logprobs"];
    CHECK_EQ(scores["tokens"][1].get<std::string>(), names.name(ids[1]));
    CHECK(scores["token_logprobs"][0].is_null());
    CHECK_NEAR(scores["token_logprobs"][1].get<double>(), -0.5, 1e-6);
    CHECK(scores["top_logprobs"][0].is_null());
    CHECK_EQ(scores["top_logprobs"][1].size(), 2u);
    CHECK_NEAR(scores["top_logprobs"][1][names.name(ids[1])].get<double>(), -0.5, 1e-6);
    CHECK_EQ(scores["text_offset"][1].get<int>(), 2);
    // Streamed parts count on.
    json.chunk(0, {"", {answer.part.tokens[0]}}, nullptr, false);
    const Json second = json.chunk(0, {"", {answer.part.tokens[1]}}, nullptr, true);
    CHECK_EQ(second["choices"][0]["logprobs"]["text_offset"][0].get<int>(), 2);
    CHECK(second["usage"].is_null());
}

HILO_TEST(chatsAreWrittenAsTheApiHasThem)
{
    const auto vocabulary = tokenizer();
    const TokenNames names(vocabulary);
    const auto ids = REQUIRE_OK(vocabulary->encode(" bird"));
    AnswerJson json(AnswerKind::Chat, "chatcmpl-1", "m", 5, names, true);
    CHECK_EQ((*json.opening(0, false))["choices"][0]["delta"]["role"].get<std::string>(), "assistant");
    const Json chunk = json.chunk(0, {" bird", {{ids[0], -0.5f, {{ids[0], -0.5f}}}}}, nullptr, false);
    CHECK_EQ(chunk["object"].get<std::string>(), "chat.completion.chunk");
    const Json& entry = chunk["choices"][0]["logprobs"]["content"][0];
    CHECK_EQ(entry["token"].get<std::string>(), names.name(ids[0]));
    CHECK_EQ(entry["bytes"][1].get<int>(), 'b');
    CHECK_EQ(entry["top_logprobs"].size(), 1u);
    CHECK_EQ(streamEvent({{"a", 1}}), "data: {\"a\":1}\n\n");
    const AnswerJson plain(AnswerKind::Chat, "chatcmpl-1", "m", 5, names, false);
    CHECK(plain.whole({Answer()}, {})["choices"][0]["logprobs"].is_null());
}
