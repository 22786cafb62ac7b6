// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/serve/request_reader.h"

#include "data/chat_prompt.h"
#include "serve/chat_completion_request.h"
#include "serve/completion_request.h"

#include <algorithm>

namespace hilo {
namespace {

using Read = tl::expected<AnswerRequest, ApiError>;

tl::unexpected<ApiError> refused(const std::string& param, const std::string& message, const std::string& code = {})
{
    return tl::unexpected(ApiError{400, message, "invalid_request_error", param, code});
}

} // namespace

RequestReader::RequestReader(const ServedModel& model, const RequestLimits& limits, const ChatChoice& chat)
    : model_(model), limits_(limits), chat_(chat)
{
    const ModelConfig& config = model.decoder->config();
    limits_.vocabulary = config.vocabulary;
}

Read RequestReader::read(AnswerKind kind, std::string_view body) const
{
    return kind == AnswerKind::Completion ? readCompletion(body) : readChat(body);
}

tl::expected<int, ApiError> RequestReader::adapterOf(const std::string& name) const
{
    const auto found = std::find(model_.names.begin(), model_.names.end(), name);
    if (found == model_.names.end())
        return tl::unexpected(modelNotFound(name));
    return static_cast<int>(found - model_.names.begin()) - 1;
}

Read RequestReader::readCompletion(std::string_view body) const
{
    auto parsed = parseCompletionRequest(body, limits_);
    if (!parsed)
        return tl::unexpected(apiError(parsed.error()));
    AnswerRequest request;
    request.kind = AnswerKind::Completion;
    request.fields = *parsed;
    for (Prompt& prompt : parsed->prompts) {
        if (const auto* text = std::get_if<std::string>(&prompt)) {
            auto ids = model_.tokenizer->encode(*text, true);
            if (!ids)
                return tl::unexpected(apiError(ids.error()));
            if (ids->empty() && model_.tokenizer->bos())
                ids->push_back(*model_.tokenizer->bos());
            request.prompts.push_back(std::move(*ids));
        } else {
            request.prompts.push_back(std::move(std::get<std::vector<std::int32_t>>(prompt)));
        }
        if (parsed->echo) {
            const auto* text = std::get_if<std::string>(&prompt);
            request.echoed.push_back(text ? *text : model_.tokenizer->decode(request.prompts.back(), false));
        }
    }
    return checked(std::move(request));
}

Read RequestReader::readChat(std::string_view body) const
{
    auto parsed = parseChatCompletionRequest(body, limits_);
    if (!parsed)
        return tl::unexpected(apiError(parsed.error()));
    // The template is the server's; a request only gives it values.
    parsed->chat.choice.chatTemplate = chat_.chatTemplate;
    for (const auto& [name, value] : chat_.variables.items())
        if (!parsed->chat.choice.variables.contains(name))
            parsed->chat.choice.variables[name] = value;
    const auto prompt = chatPrompt(*model_.tokenizer, parsed->chat);
    if (!prompt)
        return tl::unexpected(apiError(prompt.error()));
    auto ids = model_.tokenizer->encode(prompt->text, prompt->lacksSpecial);
    if (!ids)
        return tl::unexpected(apiError(ids.error()));
    AnswerRequest request;
    request.kind = AnswerKind::Chat;
    request.fields = *parsed;
    request.prompts.push_back(std::move(*ids));
    return checked(std::move(request));
}

Read RequestReader::checked(AnswerRequest request) const
{
    const std::string key = request.kind == AnswerKind::Chat ? "messages" : "prompt";
    const auto adapter = adapterOf(request.fields.model);
    if (!adapter)
        return tl::unexpected(adapter.error());
    request.adapter = *adapter;
    std::int64_t& most = request.fields.maximumTokens.emplace(request.fields.maximumTokens.value_or(limits_.context));
    for (const auto& prompt : request.prompts) {
        const auto size = static_cast<std::int64_t>(prompt.size());
        if (prompt.empty())
            return refused(key, "the prompt is empty; expected some text");
        if (size > limits_.context)
            return refused(key,
                           "the prompt has " + std::to_string(size) + " tokens, more than this server's context of " +
                               std::to_string(limits_.context),
                           "context_length_exceeded");
        most = std::min(most, limits_.context);
        if (request.fields.experts &&
            (size + most > limits_.tokensWithExperts || !Scheduler::knowsRows(model_.decoder->config())))
            return refused("experts", "experts are told of at most " + std::to_string(limits_.tokensWithExperts) +
                                          " tokens of prompt and answer, and not by models of LongRope");
    }
    return request;
}

} // namespace hilo
