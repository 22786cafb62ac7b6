// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/serve/scheduler.h"
#include "serve/answer_json.h"
#include "serve/api_error.h"
#include "serve/request_fields.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// What a request asks for, with its prompts as tokens.
struct AnswerRequest
{
    AnswerKind kind = AnswerKind::Completion;
    RequestFields fields;
    std::vector<std::vector<std::int32_t>> prompts;
    std::vector<std::string> echoed; ///< the prompts' texts where they are to stand before their answers
    int adapter = -1;
    std::chrono::seconds timeLimit{600};
};

/// The answers to one request on their way from the scheduler to whoever asked.
class AnswerHandler
{
  public:
    AnswerHandler(AnswerRequest request, const ServedModel& model, const TokenNames& names, Scheduler& scheduler);
    ~AnswerHandler();

    /// Hands the jobs over and waits until the first of them was begun. Nothing: go on with write().
    std::optional<ApiError> begin();

    enum class Written { More, All, Broken };
    /// Writes what there is, waiting for it a moment at most. out: false when nobody listens any more. Broken: the
    /// connection is to be cut, because what was written so far is no whole answer.
    Written write(const std::function<bool(const std::string&)>& out);
    /// Nobody wants the rest.
    void cancel() { events_->cancelAll(); }

    const Usage& usage() const { return usage_; }

  private:
    struct Choice
    {
        std::unique_ptr<ChoiceWriter> writer;
        Answer answer;
        Json newExperts; ///< since the last chunk; null: none
        bool ended = false;
    };
    /// What an event adds to its answer; nothing of answers that have ended.
    AnswerPart take(AnswerEvent& event);
    void end(Choice& choice, const std::string& reason);
    AnswerPart echoOf(std::size_t answer, PromptRead& read) const;
    std::string chunksOf(std::size_t answer, AnswerPart part);
    bool allEnded() const;

    AnswerRequest request_;
    const ServedModel& model_;
    Scheduler& scheduler_;
    AnswerJson json_;
    std::shared_ptr<AnswerEvents> events_;
    std::vector<Choice> choices_;
    std::vector<AnswerEvent> begun_; ///< what begin() found
    std::optional<AnswerFailed> failed_;
    Usage usage_;
    bool opened_ = false;
};

/// A name that nobody can guess, "cmpl-" or "chatcmpl-" and 24 digits.
std::string answerName(AnswerKind kind);

} // namespace hilo
