// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "sampling/sampling_settings.h"
#include "serve/request_limits.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hilo {

/// What requests for completions and for chats have in common.
struct RequestFields
{
    std::string model;
    SamplingSettings sampling;                 ///< temperature 1 where nothing is said
    std::optional<std::int64_t> maximumTokens; ///< of each answer
    std::int64_t choices = 1;                  ///< of each prompt
    std::vector<std::string> stops;
    std::optional<std::int64_t> seed; ///< nothing: another one each time
    std::optional<int> alternatives;  ///< with log-probabilities, and of so many most probable tokens; nothing: without
    bool stream = false;
    bool streamUsage = false; ///< a last chunk with the counts of tokens
    bool experts = false;     ///< which experts each token used
};

/// A request's body as an object. Errors: no JSON, or beyond the limits.
Result<Json> parseRequest(std::string_view body, const RequestLimits& limits);

/// Bad input that names a key which is not among known and not null.
Status onlyKnownKeys(const JsonObject& object, std::span<const std::string_view> known);

/// All fields but the log-probabilities, whose form differs, and checks that no other key is there than known, those
/// that are read here, and those that say nothing about the answer (user, metadata, store). A key that is null counts
/// as missing. Error: bad input with the key as its place.
Result<RequestFields> readRequestFields(const JsonObject& request, const RequestLimits& limits,
                                        std::vector<std::string_view> known);

} // namespace hilo
