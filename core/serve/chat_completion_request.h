// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/chat_prompt.h"
#include "serve/request_fields.h"

#include <string_view>

namespace hilo {

/// A request to /v1/chat/completions.
struct ChatCompletionRequest : RequestFields
{
    ChatRequest chat; ///< with chat_template_kwargs as its variables; never with a template of the request's
};

/// Errors: bad input whose place is the key.
Result<ChatCompletionRequest> parseChatCompletionRequest(std::string_view body, const RequestLimits& limits);

} // namespace hilo
