// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/serve/answer_handler.h"

#include <string_view>

#include <tl/expected.hpp>

namespace hilo {

/// Makes what is to be answered of a request's body: its model found, its prompts as tokens, all of it within the
/// limits.
class RequestReader
{
  public:
    RequestReader(const ServedModel& model, const RequestLimits& limits, const ChatChoice& chat);

    tl::expected<AnswerRequest, ApiError> read(AnswerKind kind, std::string_view body) const;

  private:
    tl::expected<AnswerRequest, ApiError> readCompletion(std::string_view body) const;
    tl::expected<AnswerRequest, ApiError> readChat(std::string_view body) const;
    tl::expected<int, ApiError> adapterOf(const std::string& name) const;
    /// What holds for both kinds, once the prompts are tokens.
    tl::expected<AnswerRequest, ApiError> checked(AnswerRequest request) const;

    const ServedModel& model_;
    RequestLimits limits_;
    ChatChoice chat_;
};

} // namespace hilo
