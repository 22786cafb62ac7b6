// SPDX-License-Identifier: GPL-3.0-or-later
#include "serve/chat_completion_request.h"

namespace hilo {
namespace {

/// A message's content as one text: it may be a list of parts of text.
Result<std::string> contentOf(const JsonObject& request, const Json& content)
{
    const auto refused = [&] {
        return failure(request.errorAt("messages", "expected a content of text, or of parts of the type \"text\""));
    };
    if (content.is_string())
        return content.get<std::string>();
    if (!content.is_array())
        return refused();
    std::string text;
    for (const Json& part : content) {
        if (!part.is_object() || part.value("type", Json()) != "text" || !part.value("text", Json()).is_string())
            return refused();
        text += part.at("text").get_ref<const std::string&>();
    }
    return text;
}

/// Role and text of each turn; nothing else is passed on to the template.
Result<Json> messagesOf(const JsonObject& request, const RequestLimits& limits)
{
    HILO_TRY(const Json* given, request.array("messages"));
    if (given->empty() || given->size() > limits.messages)
        return failure(request.errorAt("messages", "expected 1 to " + std::to_string(limits.messages) + " messages"));
    Json messages = Json::array();
    std::size_t bytes = 0;
    for (const Json& one : *given) {
        HILO_TRY(const JsonObject message, JsonObject::of(one, request.file(), "messages"));
        // What a client sends back of an answer may have further keys that hold nothing.
        for (const auto& [key, value] : one.items())
            if (key != "role" && key != "content" && key != "name" && !value.is_null() && !value.empty())
                return failure(request.errorAt("messages", "this server knows role, content and name of a message"));
        HILO_TRY(const std::string role, message.text("role"));
        if (role != "system" && role != "developer" && role != "user" && role != "assistant")
            return failure(request.errorAt("messages", "expected the role system, developer, user or assistant"));
        HILO_TRY(std::string text, contentOf(request, message.has("content") ? one.at("content") : Json()));
        bytes += text.size();
        Json turn = {{"role", role}, {"content", std::move(text)}};
        if (message.has("name") && !one.at("name").is_null()) {
            HILO_TRY(turn["name"], message.text("name"));
        }
        messages.push_back(std::move(turn));
    }
    if (static_cast<std::int64_t>(bytes) > limits.context * limits.bytesOfToken)
        return failure(request.errorAt("messages", "the conversation has more than the " +
                                                       std::to_string(limits.context) +
                                                       " tokens that this server's context holds"));
    return messages;
}

Status readLogProbabilities(const JsonObject& request, const RequestLimits& limits, RequestFields& fields)
{
    HILO_TRY(const bool wanted, request.flagOr("logprobs", false));
    HILO_TRY(const std::int64_t alternatives, request.integerOr("top_logprobs", 0, 0, limits.alternatives));
    if (alternatives > 0 && !wanted)
        return failure(request.errorAt("top_logprobs", "it needs \"logprobs\": true"));
    if (wanted)
        fields.alternatives = static_cast<int>(alternatives);
    return {};
}

/// Names that the template may ask for; what it does not ask for is refused later.
Status readVariables(const JsonObject& request, ChatChoice& choice)
{
    if (!request.has("chat_template_kwargs") || request.json().at("chat_template_kwargs").is_null())
        return {};
    HILO_TRY(const JsonObject variables, request.object("chat_template_kwargs"));
    if (variables.json().size() > 32)
        return failure(request.errorAt("chat_template_kwargs", "expected at most 32 names"));
    choice.variables = variables.json();
    return {};
}

} // namespace

Result<ChatCompletionRequest> parseChatCompletionRequest(std::string_view body, const RequestLimits& limits)
{
    HILO_TRY(const Json document, parseRequest(body, limits));
    HILO_TRY(const JsonObject object, JsonObject::of(document, "request"));
    ChatCompletionRequest request;
    HILO_TRY(static_cast<RequestFields&>(request),
             readRequestFields(object, limits,
                               {"messages", "logprobs", "top_logprobs", "max_completion_tokens", "response_format",
                                "chat_template_kwargs"}));
    HILO_TRY(const Json messages, messagesOf(object, limits));
    HILO_TRY(request.chat, chatRequestOf(messages, "request"));
    HILO_CHECK(readLogProbabilities(object, limits, request));
    HILO_CHECK(readVariables(object, request.chat.choice));
    if (object.has("response_format") && !document.at("response_format").is_null() &&
        document.at("response_format") != Json{{"type", "text"}})
        return failure(object.errorAt("response_format", "only {\"type\": \"text\"} can be had"));
    if (object.has("max_completion_tokens") && !document.at("max_completion_tokens").is_null()) {
        HILO_TRY(request.maximumTokens, object.integer("max_completion_tokens", 1, 1 << 30));
    }
    if (request.maximumTokens == 0)
        return failure(object.errorAt("max_tokens", "expected at least 1"));
    return request;
}

} // namespace hilo
