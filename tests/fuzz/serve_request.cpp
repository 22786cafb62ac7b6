// SPDX-License-Identifier: GPL-3.0-or-later
#include "serve/api_error.h"
#include "serve/api_key.h"
#include "serve/chat_completion_request.h"
#include "serve/completion_request.h"
#include "serve/stop_search.h"

#include <cstdlib>

// Bodies of requests to `hilo serve`, as anybody may send them.

namespace {

void checkFields(const hilo::RequestFields& fields, const hilo::RequestLimits& limits)
{
    if (fields.choices < 1 || fields.choices > limits.choices || fields.stops.size() > limits.stops ||
        fields.sampling.bias.size() > limits.biases || fields.alternatives.value_or(0) > limits.alternatives)
        std::abort();
    for (const auto& [id, bias] : fields.sampling.bias)
        if (id < 0 || id >= limits.vocabulary)
            std::abort();
    // A stop cuts the text where it stands first, however the text comes.
    hilo::StopSearch whole(fields.stops), parts(fields.stops);
    const std::string text = fields.model + fields.model;
    std::string atOnce = whole.push(text) + whole.finish(), byOne;
    for (const char c : text)
        byOne += parts.push(std::string(1, c));
    if (byOne + parts.finish() != atOnce || whole.found() != parts.found())
        std::abort();
}

void checkError(const hilo::Error& error)
{
    const std::string text = hilo::apiError(error).json().dump(-1, ' ', false, hilo::Json::error_handler_t::strict);
    if (text.empty() || text.size() > 4096)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    hilo::RequestLimits limits;
    limits.vocabulary = 1000;
    limits.context = 64;
    const std::string_view body(reinterpret_cast<const char*>(data), size);
    hilo::hasKey(body, "key");
    hilo::isOwnName(body);
    if (const auto request = hilo::parseCompletionRequest(body, limits)) {
        checkFields(*request, limits);
        if (request->prompts.empty() || request->prompts.size() > limits.prompts)
            std::abort();
        for (const hilo::Prompt& prompt : request->prompts)
            if (const auto* ids = std::get_if<std::vector<std::int32_t>>(&prompt))
                for (const std::int32_t id : *ids)
                    if (id < 0 || id >= limits.vocabulary)
                        std::abort();
    } else {
        checkError(request.error());
    }
    if (const auto request = hilo::parseChatCompletionRequest(body, limits)) {
        checkFields(*request, limits);
        if (request->chat.messages.empty() || !request->chat.choice.chatTemplate.empty())
            std::abort();
    } else {
        checkError(request.error());
    }
    return 0;
}
