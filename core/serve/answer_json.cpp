// SPDX-License-Identifier: GPL-3.0-or-later
#include "serve/answer_json.h"

#include <algorithm>
#include <set>

namespace hilo {
namespace {

std::int64_t characters(const std::string& text)
{
    return std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; });
}

Json bytesJson(const std::optional<std::string>& text)
{
    if (!text)
        return nullptr;
    Json bytes = Json::array();
    for (const unsigned char byte : *text)
        bytes.push_back(byte);
    return bytes;
}

/// The alternatives with the token itself, each once.
std::vector<std::pair<std::int32_t, float>> withItself(const ScoredToken& token)
{
    auto all = token.alternatives;
    const bool isThere = std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.first == token.id; });
    if (!isThere && token.logProbability)
        all.emplace_back(token.id, *token.logProbability);
    return all;
}

} // namespace

Json Usage::json() const
{
    return {{"prompt_tokens", prompt},
            {"completion_tokens", completion},
            {"total_tokens", prompt + completion},
            {"prompt_tokens_details", {{"cached_tokens", cached}}}};
}

AnswerJson::AnswerJson(AnswerKind kind, std::string id, std::string model, std::int64_t created,
                       const TokenNames& names, bool withLogProbabilities)
    : kind_(kind), id_(std::move(id)), model_(std::move(model)), created_(created), names_(names),
      withLogProbabilities_(withLogProbabilities)
{
}

Json AnswerJson::head(bool isChunk) const
{
    const char* object = kind_ == AnswerKind::Completion ? "text_completion"
                         : isChunk                       ? "chat.completion.chunk"
                                                         : "chat.completion";
    return {{"id", id_}, {"object", object}, {"created", created_}, {"model", model_}};
}

Json AnswerJson::whole(const std::vector<Answer>& answers, const Usage& usage) const
{
    Json document = head(false);
    Json choices = Json::array();
    for (const Answer& answer : answers) {
        Json choice = {{"index", answer.index}};
        if (kind_ == AnswerKind::Completion)
            choice["text"] = answer.part.text;
        else
            choice["message"] = {{"role", "assistant"}, {"content", answer.part.text}, {"refusal", nullptr}};
        std::int64_t offset = 0;
        choice["logprobs"] = logProbabilities(answer.part, offset);
        choice["finish_reason"] = answer.reason;
        if (!answer.experts.is_null())
            choice["experts"] = answer.experts;
        choices.push_back(std::move(choice));
    }
    document["choices"] = std::move(choices);
    document["usage"] = usage.json();
    return document;
}

Json AnswerJson::chunkOf(Json choice, bool usageFollows) const
{
    Json document = head(true);
    document["choices"] = Json::array({std::move(choice)});
    if (usageFollows)
        document["usage"] = nullptr;
    return document;
}

Json AnswerJson::chunk(std::int64_t index, const AnswerPart& part, const Json& experts, bool usageFollows)
{
    offsets_.resize(std::max(offsets_.size(), static_cast<std::size_t>(index) + 1));
    Json choice = {{"index", index}};
    if (kind_ == AnswerKind::Completion)
        choice["text"] = part.text;
    else
        choice["delta"] = {{"content", part.text}};
    choice["logprobs"] = logProbabilities(part, offsets_[static_cast<std::size_t>(index)]);
    choice["finish_reason"] = nullptr;
    if (!experts.is_null())
        choice["experts"] = experts;
    return chunkOf(std::move(choice), usageFollows);
}

std::optional<Json> AnswerJson::opening(std::int64_t index, bool usageFollows) const
{
    if (kind_ == AnswerKind::Completion)
        return std::nullopt;
    return chunkOf({{"index", index},
                    {"delta", {{"role", "assistant"}, {"content", ""}}},
                    {"logprobs", nullptr},
                    {"finish_reason", nullptr}},
                   usageFollows);
}

Json AnswerJson::ending(std::int64_t index, const std::string& reason, bool usageFollows) const
{
    Json choice = {{"index", index}};
    if (kind_ == AnswerKind::Completion)
        choice["text"] = "";
    else
        choice["delta"] = Json::object();
    choice["logprobs"] = nullptr;
    choice["finish_reason"] = reason;
    return chunkOf(std::move(choice), usageFollows);
}

Json AnswerJson::usageChunk(const Usage& usage) const
{
    Json document = head(true);
    document["choices"] = Json::array();
    document["usage"] = usage.json();
    return document;
}

Json AnswerJson::logProbabilities(const AnswerPart& part, std::int64_t& offset) const
{
    if (!withLogProbabilities_)
        return nullptr;
    return kind_ == AnswerKind::Completion ? completionScores(part, offset) : chatScores(part);
}

Json AnswerJson::completionScores(const AnswerPart& part, std::int64_t& offset) const
{
    Json tokens = Json::array(), scores = Json::array(), tops = Json::array(), offsets = Json::array();
    for (const ScoredToken& token : part.tokens) {
        std::string own = names_.name(token.id);
        Json top = nullptr;
        if (token.logProbability) {
            top = Json::object();
            std::set<std::string> taken;
            for (const auto& [id, score] : withItself(token)) {
                std::string name = names_.name(id);
                // Two tokens may show the same text.
                if (!taken.insert(name).second)
                    taken.insert(name = TokenNames::byId(id));
                if (id == token.id)
                    own = name;
                top[name] = score;
            }
        }
        tokens.push_back(std::move(own));
        scores.push_back(token.logProbability ? Json(*token.logProbability) : Json());
        tops.push_back(std::move(top));
        offsets.push_back(offset);
        offset += characters(names_.text(token.id).value_or(""));
    }
    return {{"tokens", std::move(tokens)},
            {"token_logprobs", std::move(scores)},
            {"top_logprobs", std::move(tops)},
            {"text_offset", std::move(offsets)}};
}

Json AnswerJson::chatScores(const AnswerPart& part) const
{
    const auto one = [&](std::int32_t id, const Json& score) {
        return Json{{"token", names_.name(id)}, {"logprob", score}, {"bytes", bytesJson(names_.text(id))}};
    };
    Json content = Json::array();
    for (const ScoredToken& token : part.tokens) {
        Json entry = one(token.id, token.logProbability ? Json(*token.logProbability) : Json());
        entry["top_logprobs"] = Json::array();
        for (const auto& [id, score] : token.alternatives)
            entry["top_logprobs"].push_back(one(id, score));
        content.push_back(std::move(entry));
    }
    return {{"content", std::move(content)}, {"refusal", nullptr}};
}

Json modelJson(const std::string& name, std::int64_t created)
{
    return {{"id", name}, {"object", "model"}, {"created", created}, {"owned_by", "hilo"}};
}

Json modelListJson(std::span<const std::string> names, std::int64_t created)
{
    Json list = Json::array();
    for (const std::string& name : names)
        list.push_back(modelJson(name, created));
    return {{"object", "list"}, {"data", std::move(list)}};
}

std::string streamEvent(const Json& document)
{
    return "data: " + document.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n\n";
}

} // namespace hilo
