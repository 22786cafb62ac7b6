// SPDX-License-Identifier: GPL-3.0-or-later
#include "serve/completion_request.h"

#include <limits>

namespace hilo {
namespace {

Result<Prompt> promptOf(const JsonObject& request, const Json& given, const RequestLimits& limits)
{
    const auto refused = [&](const std::string& message) { return failure(request.errorAt("prompt", message)); };
    if (given.is_string()) {
        const auto& text = given.get_ref<const std::string&>();
        if (static_cast<std::int64_t>(text.size()) > limits.context * limits.bytesOfToken)
            return refused("a prompt of " + std::to_string(text.size()) + " bytes has more than the " +
                           std::to_string(limits.context) + " tokens that this server's context holds");
        return Prompt(text);
    }
    if (static_cast<std::int64_t>(given.size()) > limits.context)
        return refused("a prompt of " + std::to_string(given.size()) +
                       " tokens is longer than this server's context, " + std::to_string(limits.context));
    std::vector<std::int32_t> ids;
    const std::int64_t most = limits.vocabulary > 0 ? limits.vocabulary : std::numeric_limits<std::int32_t>::max();
    for (const Json& one : given) {
        if (!one.is_number_integer() || one < 0 || one >= most)
            return refused("expected ids of tokens, from 0 and below " + std::to_string(most));
        ids.push_back(one.get<std::int32_t>());
    }
    return Prompt(std::move(ids));
}

/// A text, a list of texts, a list of token ids, or a list of such lists.
Result<std::vector<Prompt>> promptsOf(const JsonObject& request, const RequestLimits& limits)
{
    const auto refused = [&] {
        return failure(
            request.errorAt("prompt", "expected a text, a list of token ids, or a list of either that is not empty"));
    };
    if (!request.has("prompt"))
        return refused();
    const Json& given = request.json().at("prompt");
    std::vector<const Json*> parts;
    if (given.is_string()) {
        parts.push_back(&given);
    } else if (!given.is_array() || given.empty()) {
        return refused();
    } else if (given.front().is_number()) {
        parts.push_back(&given);
    } else {
        if (given.size() > limits.prompts)
            return failure(
                request.errorAt("prompt", "expected at most " + std::to_string(limits.prompts) + " prompts"));
        for (const Json& one : given) {
            if (!one.is_string() && !(one.is_array() && !one.empty() && one.front().is_number()))
                return refused();
            parts.push_back(&one);
        }
    }
    std::vector<Prompt> prompts;
    for (const Json* part : parts) {
        HILO_TRY(Prompt prompt, promptOf(request, *part, limits));
        prompts.push_back(std::move(prompt));
    }
    return prompts;
}

} // namespace

Result<CompletionRequest> parseCompletionRequest(std::string_view body, const RequestLimits& limits)
{
    HILO_TRY(const Json document, parseRequest(body, limits));
    HILO_TRY(const JsonObject object, JsonObject::of(document, "request"));
    CompletionRequest request;
    HILO_TRY(static_cast<RequestFields&>(request),
             readRequestFields(object, limits, {"prompt", "echo", "logprobs", "best_of"}));
    HILO_TRY(request.prompts, promptsOf(object, limits));
    HILO_TRY(request.echo, object.flagOr("echo", false));
    if (object.has("logprobs") && !document.at("logprobs").is_null()) {
        HILO_TRY(const std::int64_t alternatives, object.integer("logprobs", 0, limits.alternatives));
        request.alternatives = static_cast<int>(alternatives);
    }
    HILO_TRY(const std::int64_t bestOf, object.integerOr("best_of", request.choices, 1, limits.choices));
    if (bestOf != request.choices)
        return failure(object.errorAt("best_of", "only the same as n can be had", "Leave it out."));
    if (request.maximumTokens == 0 && !request.echo)
        return failure(object.errorAt("max_tokens", "expected at least 1, or \"echo\": true"));
    if (request.prompts.size() * static_cast<std::size_t>(request.choices) > limits.answers)
        return failure(object.errorAt("n", "expected at most " + std::to_string(limits.answers) + " answers in all"));
    // As OpenAI's API has it.
    if (!request.maximumTokens)
        request.maximumTokens = 16;
    return request;
}

} // namespace hilo
