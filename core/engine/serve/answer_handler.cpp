// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/serve/answer_handler.h"

#include <cmath>
#include <ctime>
#include <random>
#include <utility>

namespace hilo {
namespace {

constexpr std::chrono::milliseconds moment{200};

Json asJson(const std::vector<ChosenExperts>& chosen)
{
    Json modules = Json::array();
    for (const ChosenExperts& experts : chosen) {
        Json one = Json::array();
        for (const auto& [expert, gate] : experts)
            one.push_back({expert, std::round(gate * 1000) / 1000});
        modules.push_back(std::move(one));
    }
    return modules;
}

Json asJson(const std::vector<RoutedModule>& modules)
{
    Json list = Json::array();
    for (const RoutedModule& one : modules)
        list.push_back({{"layer", one.layer}, {"module", one.module}, {"experts", one.experts}});
    return list;
}

} // namespace

std::string answerName(AnswerKind kind)
{
    std::random_device device;
    std::string name = kind == AnswerKind::Completion ? "cmpl-" : "chatcmpl-";
    for (int i = 0; i < 24; ++i)
        name += "0123456789abcdef"[device() % 16];
    return name;
}

AnswerHandler::AnswerHandler(AnswerRequest request, const ServedModel& model, const TokenNames& names,
                             Scheduler& scheduler)
    : request_(std::move(request)), model_(model), scheduler_(scheduler),
      json_(request_.kind, answerName(request_.kind), request_.fields.model, std::time(nullptr), names,
            request_.fields.alternatives.has_value()),
      events_(
          std::make_shared<AnswerEvents>(request_.prompts.size() * static_cast<std::size_t>(request_.fields.choices)))
{
    const RequestFields& fields = request_.fields;
    for (const auto& prompt : request_.prompts) {
        usage_.prompt += static_cast<std::int64_t>(prompt.size());
        for (std::int64_t i = 0; i < fields.choices; ++i) {
            Choice choice;
            choice.writer = std::make_unique<ChoiceWriter>(model_.tokenizer, prompt, fields.stops);
            choice.answer.index = static_cast<std::int64_t>(choices_.size());
            if (fields.experts)
                choice.newExperts = choice.answer.experts = {
                    {"modules", request_.adapter < 0 ? Json::array() : asJson(scheduler_.modules(request_.adapter))},
                    {"tokens", Json::array()}};
            choices_.push_back(std::move(choice));
        }
    }
}

AnswerHandler::~AnswerHandler()
{
    cancel();
}

std::optional<ApiError> AnswerHandler::begin()
{
    const RequestFields& fields = request_.fields;
    const std::uint64_t seed = fields.seed ? static_cast<std::uint64_t>(*fields.seed)
                                           : (std::uint64_t{std::random_device()()} << 32) + std::random_device()();
    std::vector<ServeJob> jobs;
    for (const auto& prompt : request_.prompts)
        for (std::int64_t i = 0; i < fields.choices; ++i) {
            ServeJob job;
            job.prompt = prompt;
            job.adapter = request_.adapter;
            job.sampling = fields.sampling;
            job.seed = seed;
            job.answer = jobs.size();
            job.maximumTokens = *fields.maximumTokens;
            job.alternatives = fields.alternatives;
            job.promptScores = !request_.echoed.empty() && fields.alternatives;
            job.experts = fields.experts;
            job.promptExperts = fields.experts && !request_.echoed.empty();
            job.deadline = std::chrono::steady_clock::now() + request_.timeLimit;
            job.events = events_;
            jobs.push_back(std::move(job));
        }
    switch (scheduler_.submit(std::move(jobs))) {
    case Submitted::Full:
        return tooManyRequests();
    case Submitted::Ending:
        return apiError(cancelled());
    case Submitted::Yes:
        break;
    }
    // Every job ends by an event, at the latest by its deadline or with the scheduler.
    while (begun_.empty())
        begun_ = events_->take(moment);
    for (const AnswerEvent& event : begun_)
        if (const auto* failed = std::get_if<AnswerFailed>(&event.what)) {
            if (failed->timedOut)
                return ApiError{503, "The request waited longer than its time limit.", "server_error", "", "timeout"};
            return apiError(failed->error);
        }
    return std::nullopt;
}

AnswerHandler::Written AnswerHandler::write(const std::function<bool(const std::string&)>& out)
{
    std::string text;
    if (request_.fields.stream && !std::exchange(opened_, true))
        for (const Choice& choice : choices_)
            if (const auto opening = json_.opening(choice.answer.index, request_.fields.streamUsage))
                text += streamEvent(*opening);
    std::vector<AnswerEvent> events = std::exchange(begun_, {});
    if (events.empty())
        events = events_->take(moment);
    std::vector<AnswerPart> parts(choices_.size());
    for (AnswerEvent& event : events)
        parts[event.answer].append(take(event));
    for (std::size_t i = 0; i < choices_.size(); ++i) {
        if (request_.fields.stream)
            text += chunksOf(i, std::move(parts[i]));
        else
            choices_[i].answer.part.append(std::move(parts[i]));
    }
    if (failed_ && !request_.fields.stream)
        return Written::Broken;
    if (failed_)
        text += streamEvent(apiError(failed_->error).json());
    else if (allEnded() && request_.fields.stream)
        text += (request_.fields.streamUsage ? streamEvent(json_.usageChunk(usage_)) : "") + streamEnd;
    else if (allEnded()) {
        std::vector<Answer> answers;
        for (Choice& choice : choices_)
            answers.push_back(std::move(choice.answer));
        text = json_.whole(answers, usage_).dump(-1, ' ', false, Json::error_handler_t::replace);
    }
    if (!text.empty() && !out(text))
        return Written::Broken;
    return failed_ || allEnded() ? Written::All : Written::More;
}

AnswerPart AnswerHandler::take(AnswerEvent& event)
{
    Choice& choice = choices_[event.answer];
    if (choice.ended)
        return {};
    if (auto* read = std::get_if<PromptRead>(&event.what)) {
        usage_.cached += read->cached;
        return echoOf(event.answer, *read);
    }
    if (auto* made = std::get_if<TokenMade>(&event.what)) {
        ++usage_.completion;
        AnswerPart part = choice.writer->push(std::move(made->token));
        if (choice.writer->stopped()) {
            events_->cancel(event.answer);
            end(choice, "stop");
        }
        return part;
    }
    if (const auto* used = std::get_if<ExpertsUsed>(&event.what)) {
        Json& experts = request_.fields.stream ? choice.newExperts : choice.answer.experts;
        if (experts.is_null())
            experts = {{"tokens", Json::array()}};
        experts["tokens"].push_back(asJson(used->chosen));
        return {};
    }
    if (const auto* ended = std::get_if<AnswerEnded>(&event.what)) {
        AnswerPart part = choice.writer->finish();
        end(choice, choice.writer->stopped() ? "stop" : ended->reason);
        return part;
    }
    failed_ = std::get<AnswerFailed>(event.what);
    cancel();
    return {};
}

void AnswerHandler::end(Choice& choice, const std::string& reason)
{
    choice.ended = true;
    choice.answer.reason = reason;
}

AnswerPart AnswerHandler::echoOf(std::size_t answer, PromptRead& read) const
{
    if (request_.echoed.empty())
        return {};
    return {request_.echoed[answer / static_cast<std::size_t>(request_.fields.choices)], std::move(read.scores)};
}

std::string AnswerHandler::chunksOf(std::size_t answer, AnswerPart part)
{
    Choice& choice = choices_[answer];
    const bool usageFollows = request_.fields.streamUsage;
    std::string text;
    if (!part.empty() || !choice.newExperts.is_null())
        text += streamEvent(
            json_.chunk(choice.answer.index, part, std::exchange(choice.newExperts, nullptr), usageFollows));
    if (choice.ended && !choice.answer.reason.empty())
        text += streamEvent(json_.ending(choice.answer.index, std::exchange(choice.answer.reason, {}), usageFollows));
    return text;
}

bool AnswerHandler::allEnded() const
{
    for (const Choice& choice : choices_)
        if (!choice.ended)
            return false;
    return true;
}

} // namespace hilo
