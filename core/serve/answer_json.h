// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "serve/choice_writer.h"
#include "serve/token_names.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hilo {

/// Tokens that a request cost.
struct Usage
{
    std::int64_t prompt = 0;
    std::int64_t cached = 0; ///< of the prompt, those that were read for an earlier request
    std::int64_t completion = 0;

    Json json() const;
};

/// One whole answer.
struct Answer
{
    std::int64_t index = 0;
    AnswerPart part;    ///< with echo also the prompt
    std::string reason; ///< why it ended: stop, length
    Json experts;       ///< null: not asked for
};

enum class AnswerKind { Completion, Chat };

/// Answers as OpenAI's API has them.
class AnswerJson
{
  public:
    /// id, model and time stand in every part of an answer.
    AnswerJson(AnswerKind kind, std::string id, std::string model, std::int64_t created, const TokenNames& names,
               bool withLogProbabilities);

    Json whole(const std::vector<Answer>& answers, const Usage& usage) const;
    /// A part of a streamed answer. usageFollows: it has "usage": null, as the API has it.
    Json chunk(std::int64_t index, const AnswerPart& part, const Json& experts, bool usageFollows);
    /// The first part of a chat's answer names who speaks; nothing for completions.
    std::optional<Json> opening(std::int64_t index, bool usageFollows) const;
    Json ending(std::int64_t index, const std::string& reason, bool usageFollows) const;
    Json usageChunk(const Usage& usage) const;

  private:
    Json head(bool isChunk) const;
    Json chunkOf(Json choice, bool usageFollows) const;
    /// offset: characters of the answer before the part; behind it afterwards.
    Json logProbabilities(const AnswerPart& part, std::int64_t& offset) const;
    Json completionScores(const AnswerPart& part, std::int64_t& offset) const;
    Json chatScores(const AnswerPart& part) const;

    AnswerKind kind_;
    std::string id_, model_;
    std::int64_t created_;
    const TokenNames& names_;
    bool withLogProbabilities_;
    std::vector<std::int64_t> offsets_; ///< of streamed answers, by index
};

/// {"object": "list", "data": [{"id", "object", "created", "owned_by"}]}
Json modelListJson(std::span<const std::string> names, std::int64_t created);
Json modelJson(const std::string& name, std::int64_t created);

/// A document as an event of a stream, and the stream's end.
std::string streamEvent(const Json& document);
constexpr const char* streamEnd = "data: [DONE]\n\n";

} // namespace hilo
