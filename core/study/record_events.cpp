// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/record_events.h"

#include "index/final_scores.h"
#include "run/event_stream.h"
#include "run/run_result.h"

#include <algorithm>
#include <map>
#include <set>

namespace hilo {
namespace fs = std::filesystem;
namespace {

/// Of the loss, over the whole run.
constexpr std::size_t stepsKept = 16;

RunResult resultOf(const std::vector<Json>& events, const std::string& split)
{
    RunResult result;
    result.split = split;
    for (const Json& event : events)
        result.apply(readRunEvent(event));
    return result;
}

/// Places of the lines to keep, by the kind of their events.
class KeptLines
{
  public:
    explicit KeptLines(const std::vector<Json>& events)
    {
        for (std::size_t place = 0; place < events.size(); ++place)
            note(place, readRunEvent(events[place]));
        for (const auto& place : {firstStart_, lastStart_, moved_, finished_})
            if (place)
                kept_.insert(*place);
    }

    /// wanted: evaluations that hold.
    void keepEvaluations(const std::vector<RunEvaluation>& wanted)
    {
        for (const RunEvaluation& one : wanted) {
            const auto found = std::find_if(evaluations_.rbegin(), evaluations_.rend(), [&one](const auto& line) {
                const RunEvaluation& other = line.second;
                return other.task == one.task && other.split == one.split && other.protocol == one.protocol &&
                       (other.step == one.step || other.step == 0) && other.isFinal == one.isFinal;
            });
            if (found != evaluations_.rend())
                kept_.insert(found->first);
        }
    }
    void keepAllEvaluations()
    {
        for (const auto& [place, evaluation] : evaluations_)
            kept_.insert(place);
    }
    void keepSteps()
    {
        std::vector<std::size_t> places;
        for (const auto& [step, place] : steps_)
            places.push_back(place);
        const std::size_t count = std::min(stepsKept, places.size());
        for (std::size_t i = 1; i <= count; ++i)
            kept_.insert(places[i * places.size() / count - 1]);
    }

    bool hasEnd() const { return finished_.has_value(); }
    const std::set<std::size_t>& kept() const { return kept_; }

  private:
    void note(std::size_t place, const RunEvent& event)
    {
        if (std::holds_alternative<RunEvent::Step>(event.what)) {
            // A resumed run's steps come again.
            steps_.erase(steps_.lower_bound(*event.step), steps_.end());
            steps_[*event.step] = place;
        } else if (const auto* evaluation = std::get_if<RunEvaluation>(&event.what)) {
            RunEvaluation one = *evaluation;
            one.step = event.step.value_or(0);
            evaluations_.emplace_back(place, std::move(one));
        } else if (std::holds_alternative<RunEvent::Started>(event.what)) {
            firstStart_ = firstStart_.value_or(place);
            lastStart_ = place;
        } else if (std::holds_alternative<RunEvent::Reallocation>(event.what)) {
            moved_ = place;
        } else if (std::holds_alternative<RunEvent::Finished>(event.what)) {
            finished_ = place;
        }
    }

    std::set<std::size_t> kept_;
    std::map<std::int64_t, std::size_t> steps_;
    std::vector<std::pair<std::size_t, RunEvaluation>> evaluations_;
    std::optional<std::size_t> firstStart_, lastStart_, moved_, finished_;
};

std::vector<RunEvaluation> wantedOf(const RunResult& result)
{
    std::vector<RunEvaluation> wanted = result.finalEvaluations();
    std::map<std::string, const RunEvaluation*> validation;
    for (const RunEvaluation& one : result.evaluations)
        if (one.split == "validation")
            validation[one.task] = &one;
    for (const auto& [task, one] : validation)
        wanted.push_back(*one);
    return wanted;
}

std::vector<Json> chosen(const std::vector<Json>& events, const std::set<std::size_t>& places)
{
    std::vector<Json> kept;
    for (const std::size_t place : places) {
        const Json& event = events[place];
        if (event.value("event", "") != "step") {
            kept.push_back(event);
            continue;
        }
        Json step = Json::object();
        for (const char* key : {"t", "event", "step", "loss"})
            if (event.contains(key))
                step[key] = event[key];
        kept.push_back(std::move(step));
    }
    return kept;
}

} // namespace

Result<std::vector<Json>> eventsOfRecord(const fs::path& runFolder, const std::string& split)
{
    std::vector<Json> events;
    const EventReceiver take = [&events](const Json& event) -> Status {
        events.push_back(event);
        return {};
    };
    HILO_TRY([[maybe_unused]] const EventFollowing followed, followEvents(runFolder, {}, take, UINT64_MAX));
    const RunResult whole = resultOf(events, split);
    KeptLines lines(events);
    if (!lines.hasEnd() || whole.state != "finished")
        return failure(badInput(runFolder.string(), {}, "The run has not finished by its log.",
                                "Train it, or leave it out of the study."));
    lines.keepEvaluations(wantedOf(whole));
    lines.keepSteps();
    std::vector<Json> kept = chosen(events, lines.kept());
    if (finalScoresOf(resultOf(kept, split)) != finalScoresOf(whole)) {
        lines.keepAllEvaluations();
        kept = chosen(events, lines.kept());
    }
    if (finalScoresOf(resultOf(kept, split)) != finalScoresOf(whole))
        return failure(internalError(runFolder.string() + ": a part of its log tells another result than all of it."));
    return kept;
}

} // namespace hilo
