// SPDX-License-Identifier: GPL-3.0-or-later
#include "serve/api_error.h"
#include "serve/api_key.h"
#include "serve/chat_completion_request.h"
#include "serve/completion_request.h"
#include "support/testing.h"

using namespace hilo;

namespace {

RequestLimits limits()
{
    RequestLimits limits;
    limits.context = 100;
    limits.vocabulary = 1000;
    return limits;
}

/// The key that a request is refused for; empty when it is not.
std::string refusedKey(const std::string& body)
{
    const auto parsed = parseCompletionRequest(body, limits());
    return parsed ? "" : parsed.error().place;
}

std::string refusedChatKey(const std::string& body)
{
    const auto parsed = parseChatCompletionRequest(body, limits());
    return parsed ? "" : parsed.error().place;
}

/// A request with one more key.
std::string with(const std::string& field)
{
    return R"({"model": "m", "prompt": "a", )" + field + "}";
}

std::string chatWith(const std::string& field)
{
    return R"({"model": "m", "messages": [{"role": "user", "content": "a"}], )" + field + "}";
}

} // namespace

HILO_TEST(aRequestThatSaysLittleHasTheApisDefaults)
{
    const CompletionRequest request =
        REQUIRE_OK(parseCompletionRequest(R"({"model": "m", "prompt": "a", "stop": null, "n": null})", limits()));
    CHECK_EQ(request.model, "m");
    CHECK_EQ(std::get<std::string>(request.prompts.front()), "a");
    CHECK_EQ(*request.maximumTokens, 16);
    CHECK_EQ(request.sampling.temperature, 1.0);
    CHECK_EQ(request.choices, 1);
    CHECK(!request.seed && !request.alternatives && !request.stream && !request.echo);
}

HILO_TEST(everySettingIsRead)
{
    const CompletionRequest request = REQUIRE_OK(parseCompletionRequest(
        with(R"("max_tokens": 7, "temperature": 0.5, "top_p": 0.9, "top_k": 40, "min_p": 0.1, "n": 3, "seed": 5,
                "repetition_penalty": 1.2, "presence_penalty": -1, "frequency_penalty": 2, "stop": ["x", "yz"],
                "logit_bias": {"7": -100}, "logprobs": 2, "echo": true, "stream": true, "best_of": 3,
                "stream_options": {"include_usage": true}, "experts": true, "user": "me")"),
        limits()));
    CHECK_EQ(*request.maximumTokens, 7);
    CHECK_EQ(request.sampling.temperature, 0.5);
    CHECK_EQ(request.sampling.topP, 0.9);
    CHECK_EQ(request.sampling.topK, 40);
    CHECK_EQ(request.sampling.minP, 0.1);
    CHECK_EQ(request.sampling.repetitionPenalty, 1.2);
    CHECK_EQ(request.sampling.presencePenalty, -1.0);
    CHECK_EQ(request.sampling.frequencyPenalty, 2.0);
    CHECK_EQ(request.sampling.bias.front().first, 7);
    CHECK_EQ(request.choices, 3);
    CHECK_EQ(*request.seed, 5);
    CHECK_EQ(request.stops.size(), 2u);
    CHECK_EQ(*request.alternatives, 2);
    CHECK(request.echo && request.stream && request.streamUsage && request.experts);
}

HILO_TEST(promptsMayBeTextsOrTokens)
{
    const auto prompts = [](const std::string& json) {
        return REQUIRE_OK(parseCompletionRequest(R"({"model": "m", "prompt": )" + json + "}", limits())).prompts;
    };
    CHECK_EQ(prompts(R"(["a", "b"])").size(), 2u);
    CHECK_EQ(std::get<1>(prompts("[1, 2, 3]").front()), (std::vector<std::int32_t>{1, 2, 3}));
    CHECK_EQ(std::get<1>(prompts("[[1], [2, 3]]").back()), (std::vector<std::int32_t>{2, 3}));
    for (const char* wrong :
         {"[]", "[[]]", "{}", "7", "null", "[1, \"a\"]", "[1000]", "[-1]", "[1.5]", "[[1], 2]", "[null]", "[[[1]]]"})
        CHECK_EQ(refusedKey(std::string(R"({"model": "m", "prompt": )") + wrong + "}"), "prompt");
    CHECK_EQ(refusedKey(R"({"model": "m"})"), "prompt");
}

HILO_TEST(whatIsOutOfRangeIsRefusedByName)
{
    for (const auto& [field, key] : std::vector<std::pair<std::string, std::string>>{
             {R"("temperature": -1)", "temperature"},
             {R"("temperature": "hot")", "temperature"},
             {R"("top_p": 1.5)", "top_p"},
             {R"("n": 0)", "n"},
             {R"("n": 17)", "n"},
             {R"("max_tokens": 0)", "max_tokens"},
             {R"("max_tokens": 1e99)", "max_tokens"},
             {R"("stop": "")", "stop"},
             {R"("stop": [1])", "stop"},
             {R"("logprobs": 21)", "logprobs"},
             {R"("best_of": 2)", "best_of"},
             {R"("logit_bias": {"x": 1})", "logit_bias"},
             {R"("logit_bias": {"1000": 1})", "logit_bias"},
             {R"("suffix": "x")", "suffix"},
             {R"("echoo": true)", "echoo"},
             {R"("stream_options": {"include_usage": true})", "stream_options"},
         })
        CHECK_EQ(refusedKey(with(field)), key);
    CHECK_EQ(refusedKey(with(R"("stop": ")" + std::string(300, 'x') + "\"")), "stop");
    CHECK_EQ(refusedKey(R"({"model": "m", "prompt": ")" + std::string(6500, 'x') + "\"}"), "prompt");
    // No more answers in all than the limit.
    std::string many = "\"a\"";
    for (int i = 1; i < 256; ++i)
        many += ", \"a\"";
    CHECK_EQ(refusedKey(R"({"model": "m", "prompt": [)" + many + R"(], "n": 3})"), "n");
}

HILO_TEST(whatIsNoRequestIsRefused)
{
    for (const std::string body : {"", "[]", "7", "{", "{\"model\": \"m\", \"model\": \"n\"}", "\xff", "{\"a\": NaN}"})
        REQUIRE_ERROR(parseCompletionRequest(body, limits()));
    std::string deep;
    for (int i = 0; i < 10000; ++i)
        deep += "[";
    REQUIRE_ERROR(parseCompletionRequest(deep, limits()));
    REQUIRE_ERROR(parseCompletionRequest(std::string(5 << 20, ' '), limits()));
}

HILO_TEST(conversationsAreRead)
{
    const ChatCompletionRequest request = REQUIRE_OK(parseChatCompletionRequest(
        R"({"model": "m", "messages": [{"role": "system", "content": "s"}, {"role": "user", "content":
            [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]}], "logprobs": true, "top_logprobs": 3,
            "max_completion_tokens": 9, "chat_template_kwargs": {"enable_thinking": false}})",
        limits()));
    CHECK_EQ(request.chat.messages.size(), 2u);
    CHECK_EQ(request.chat.messages[1].content, "ab");
    CHECK_EQ(*request.alternatives, 3);
    CHECK_EQ(*request.maximumTokens, 9);
    CHECK(request.chat.choice.variables.contains("enable_thinking"));
    CHECK(request.chat.choice.chatTemplate.empty());
}

HILO_TEST(conversationsThatCannotBeAnsweredAreRefused)
{
    for (const char* messages :
         {"[]", "{}", R"([{"role": "user"}])", R"([{"content": "a"}])", R"([{"role": "robot", "content": "a"}])",
          R"([{"role": "user", "content": 7}])", R"([{"role": "user", "content": [{"type": "image_url"}]}])",
          R"([{"role": "user", "content": "a", "tool_calls": [1]}])", R"(["a"])",
          R"([{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}])"})
        REQUIRE_ERROR(
            parseChatCompletionRequest(std::string(R"({"model": "m", "messages": )") + messages + "}", limits()));
    CHECK_EQ(refusedChatKey(chatWith(R"("top_logprobs": 3)")), "top_logprobs");
    CHECK_EQ(refusedChatKey(chatWith(R"("tools": [])")), "tools");
    CHECK_EQ(refusedChatKey(chatWith(R"("chat_template": "x")")), "chat_template");
    CHECK_EQ(refusedChatKey(chatWith(R"("response_format": {"type": "json_object"})")), "response_format");
}

HILO_TEST(errorsOfThisMachineKeepTheirWordsToThemselves)
{
    Error error = internalError("cannot read /home/me/secret");
    CHECK(apiError(error).json().dump().find("secret") == std::string::npos);
    error = badInput("/home/me/secret", "prompt", "expected a text");
    const Json document = apiError(error).json();
    CHECK_EQ(apiError(error).status, 400);
    CHECK_CONTAINS(document.dump(), "expected a text");
    CHECK(document.dump().find("secret") == std::string::npos);
    CHECK_EQ(document["error"]["param"].get<std::string>(), "prompt");
    CHECK(modelNotFound(std::string(100000, 'x')).json().dump().size() < 1000);
}

HILO_TEST(onlyTheWholeKeyOpens)
{
    CHECK(hasKey("Bearer abc", "abc"));
    for (const char* wrong : {"", "abc", "Bearer", "Bearer ", "Bearer ab", "Bearer abcd", "bearer abc", "Basic abc"})
        CHECK(!hasKey(wrong, "abc"));
}

HILO_TEST(aNameOfAnotherMachineIsNotOurs)
{
    for (const char* own : {"localhost", "localhost:8080", "127.0.0.1:1", "[::1]", "[::1]:80"})
        CHECK(isOwnName(own));
    for (const char* other : {"", "example.com", "localhost.example.com", "127.0.0.1.example.com:80", "10.0.0.1"})
        CHECK(!isOwnName(other));
    CHECK(isLoopback("127.0.0.1") && isLoopback("::1") && !isLoopback("0.0.0.0") && !isLoopback("::"));
}
