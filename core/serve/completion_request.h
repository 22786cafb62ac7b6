// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "serve/request_fields.h"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace hilo {

/// A prompt as text, or as token ids that are taken as they are.
using Prompt = std::variant<std::string, std::vector<std::int32_t>>;

/// A request to /v1/completions.
struct CompletionRequest : RequestFields
{
    std::vector<Prompt> prompts;
    bool echo = false; ///< the prompt stands before its answer, with its log-probabilities where they are asked for
};

/// Errors: bad input whose place is the key.
Result<CompletionRequest> parseCompletionRequest(std::string_view body, const RequestLimits& limits);

} // namespace hilo
