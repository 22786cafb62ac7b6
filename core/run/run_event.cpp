// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/run_event.h"

#include "run/event_time.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hilo {
namespace {

constexpr double noNumber = std::numeric_limits<double>::quiet_NaN();

const Json* valueAt(const Json& object, const char* key)
{
    const auto found = object.find(key);
    return found == object.end() ? nullptr : &*found;
}

std::optional<double> finiteNumber(const Json* value)
{
    if (!value || !value->is_number())
        return {};
    const double number = value->get<double>();
    return std::isfinite(number) ? std::optional(number) : std::nullopt;
}

std::optional<double> positiveNumber(const Json& object, const char* key)
{
    const auto number = finiteNumber(valueAt(object, key));
    return number && *number >= 0 ? number : std::nullopt;
}

/// A whole number from lowest to 2^53, which other writers may have put down as 5.0.
std::optional<std::int64_t> wholeNumber(const Json& object, const char* key, std::int64_t lowest)
{
    const auto number = finiteNumber(valueAt(object, key));
    if (!number || std::floor(*number) != *number || *number < static_cast<double>(lowest) ||
        *number > static_cast<double>(largestStep))
        return {};
    return static_cast<std::int64_t>(*number);
}

std::optional<std::int64_t> countAt(const Json& object, const char* key)
{
    return wholeNumber(object, key, 0);
}

std::string textAt(const Json& object, const char* key)
{
    const Json* value = valueAt(object, key);
    return value && value->is_string() ? value->get<std::string>() : std::string();
}

std::optional<double> shareOf(std::optional<double> number)
{
    return number && *number >= 0 && *number <= 1 ? number : std::nullopt;
}

/// Two finite numbers, the lower one first.
std::optional<std::pair<double, double>> intervalOf(const Json* value)
{
    if (!value || !value->is_array() || value->size() != 2)
        return {};
    const auto low = finiteNumber(&(*value)[0]), high = finiteNumber(&(*value)[1]);
    return low && high && *low <= *high ? std::optional(std::pair(*low, *high)) : std::nullopt;
}

RunScore scoreOf(const Json& event)
{
    RunScore score;
    if (const Json* metrics = valueAt(event, "metrics"); metrics && metrics->is_object())
        for (const auto& [name, value] : metrics->items())
            if (const auto number = finiteNumber(&value))
                score.metrics[name] = *number;
    score.accuracy = shareOf(finiteNumber(valueAt(event, "accuracy")));
    if (const auto found = score.metrics.find("accuracy"); !score.accuracy && found != score.metrics.end())
        score.accuracy = shareOf(found->second);
    if (const Json* intervals = valueAt(event, "intervals"); intervals && intervals->is_object())
        for (const auto& [name, value] : intervals->items())
            if (const auto interval = intervalOf(&value))
                score.intervals[name] = *interval;
    auto interval = intervalOf(valueAt(event, "interval"));
    if (const auto found = score.intervals.find("accuracy"); !interval && found != score.intervals.end())
        interval = found->second;
    if (score.accuracy && interval) {
        score.low = std::clamp(interval->first, 0.0, 1.0);
        score.high = std::clamp(interval->second, 0.0, 1.0);
    }
    score.correct = countAt(event, "correct");
    score.total = countAt(event, "total");
    score.unparsable = countAt(event, "unparsable");
    score.majorityFloor = shareOf(finiteNumber(valueAt(event, "majority_floor")));
    score.loss = positiveNumber(event, "loss");
    score.perplexity = positiveNumber(event, "perplexity");
    for (const auto& [name, member] : {std::pair{"loss", &RunScore::loss}, {"perplexity", &RunScore::perplexity}})
        if (const auto found = score.metrics.find(name);
            !(score.*member) && found != score.metrics.end() && found->second >= 0)
            score.*member = found->second;
    score.tokens = countAt(event, "tokens");
    return score;
}

RunEvent::Step stepOf(const Json& event)
{
    RunEvent::Step step;
    for (const auto& [key, value] : event.items()) {
        if (key == "step" || key == "event" || key == "t")
            continue;
        if (value.is_number() || value.is_null())
            step.metrics.emplace_back(key, finiteNumber(&value).value_or(noNumber));
    }
    return step;
}

RunEvaluation evaluationOf(const Json& event)
{
    RunEvaluation evaluation;
    evaluation.step = countAt(event, "step").value_or(0);
    evaluation.task = textAt(event, "task");
    evaluation.split = textAt(event, "split");
    evaluation.protocol = textAt(event, "protocol");
    evaluation.score = scoreOf(event);
    if (const Json* isFinal = valueAt(event, "final"); isFinal && isFinal->is_boolean())
        evaluation.isFinal = isFinal->get<bool>();
    return evaluation;
}

std::vector<ModuleLoad> loadsOf(const Json* modules)
{
    std::vector<ModuleLoad> loads;
    if (!modules || !modules->is_array())
        return loads;
    for (const Json& entry : *modules) {
        if (!entry.is_object())
            continue;
        const auto layer = countAt(entry, "layer");
        const Json* values = valueAt(entry, "load");
        ModuleLoad load{0, textAt(entry, "module"), {}};
        if (!layer || *layer > std::numeric_limits<int>::max() || load.module.empty() || !values || !values->is_array())
            continue;
        load.layer = static_cast<int>(*layer);
        for (const Json& value : *values)
            load.load.push_back(finiteNumber(&value).value_or(noNumber));
        if (const Json* weights = valueAt(entry, "weight"); weights && weights->is_array())
            for (const Json& value : *weights)
                load.weight.push_back(finiteNumber(&value).value_or(noNumber));
        loads.push_back(std::move(load));
    }
    return loads;
}

RunEvent::Routing routingOf(const Json& event)
{
    RunEvent::Routing routing{loadsOf(valueAt(event, "modules")), {}};
    if (const Json* tasks = valueAt(event, "tasks"); tasks && tasks->is_object())
        for (const auto& [name, task] : tasks->items())
            if (auto loads = loadsOf(task.is_object() ? valueAt(task, "modules") : &task); !loads.empty())
                routing.tasks[name] = std::move(loads);
    return routing;
}

std::map<std::string, std::string> textsAt(const Json& event, const char* key)
{
    std::map<std::string, std::string> texts;
    if (const Json* object = valueAt(event, key); object && object->is_object())
        for (const auto& [name, value] : object->items())
            if (value.is_string())
                texts[name] = value.get<std::string>();
    return texts;
}

RunEvent::Finished finishedOf(const Json& event)
{
    RunEvent::Finished finished;
    finished.score = scoreOf(event);
    if (const Json* tasks = valueAt(event, "tasks"); tasks && tasks->is_object())
        for (const auto& [name, score] : tasks->items())
            if (score.is_object())
                finished.tasks[name] = scoreOf(score);
    finished.trainableParameters = countAt(event, "trainable_parameters");
    finished.activeParameters = countAt(event, "active_parameters");
    finished.peakMemoryBytes = countAt(event, "peak_memory_bytes");
    finished.seconds = positiveNumber(event, "seconds");
    finished.selected = textAt(event, "selected");
    finished.selectedStep = countAt(event, "selected_step");
    finished.metric = textAt(event, "metric");
    finished.value = finiteNumber(valueAt(event, "value"));
    if (const Json* early = valueAt(event, "stopped_early"); early && early->is_boolean())
        finished.stoppedEarly = early->get<bool>();
    finished.notMeasured = textsAt(event, "not_measured");
    return finished;
}

RunEvent::Failed failedOf(const Json& event)
{
    const std::string message =
        describe({ErrorCode::Internal, textAt(event, "message"), textAt(event, "file"), textAt(event, "place"), {}});
    // What a process says that a signal has ended is no failure of the run.
    return {wholeNumber(event, "code", -largestStep), message, textAt(event, "hint"), textAt(event, "by") == "signal"};
}

RunEvent::Started startedOf(const Json& event)
{
    const auto steps = countAt(event, "steps");
    return {steps ? steps : countAt(event, "total_steps"),
            countAt(event, "trainable_parameters"),
            countAt(event, "active_parameters"),
            countAt(event, "processes").value_or(0),
            textAt(event, "devices"),
            textAt(event, "rows_sha256"),
            countAt(event, "training_rows").value_or(0),
            textsAt(event, "not_measured")};
}

/// Adds what is wrong with a number; least and most are of those that can be meant.
void findUnusable(const Json& object, const char* key, const std::string& place, double least, double most,
                  std::vector<std::string>& found)
{
    const Json* value = valueAt(object, key);
    if (!value || value->is_null())
        return;
    const std::string name = "\"" + place + key + "\"";
    if (!value->is_number())
        found.push_back(name + " is no number");
    else if (value->get<double>() > most)
        found.push_back(name + " is more than 1");
    else if (value->get<double>() < least)
        found.push_back(name + " is negative");
}

/// As scoreOf reads it.
void findUnusableOfScore(const Json& score, const std::string& place, std::vector<std::string>& found)
{
    constexpr double any = std::numeric_limits<double>::infinity();
    findUnusable(score, "accuracy", place, 0, 1, found);
    for (const char* key : {"loss", "perplexity", "correct", "total", "unparsable", "tokens"})
        findUnusable(score, key, place, 0, any, found);
    if (const Json* metrics = valueAt(score, "metrics"); metrics && metrics->is_object())
        for (const auto& [name, value] : metrics->items())
            findUnusable(*metrics, name.c_str(), place + "metrics.", -any, any, found);
}

} // namespace

std::vector<std::string> unusableValues(const Json& event)
{
    constexpr double any = std::numeric_limits<double>::infinity();
    std::vector<std::string> found;
    const std::string name = textAt(event, "event");
    if (name == "step")
        for (const auto& [key, value] : event.items())
            if (key != "step" && key != "event" && key != "t")
                findUnusable(event, key.c_str(), "", -any, any, found);
    if (name == "evaluation" || name == "finished")
        findUnusableOfScore(event, "", found);
    if (name != "finished")
        return found;
    for (const char* key :
         {"trainable_parameters", "active_parameters", "peak_memory_bytes", "seconds", "selected_step"})
        findUnusable(event, key, "", 0, any, found);
    findUnusable(event, "value", "", -any, any, found);
    if (const Json* tasks = valueAt(event, "tasks"); tasks && tasks->is_object())
        for (const auto& [task, score] : tasks->items())
            if (score.is_object())
                findUnusableOfScore(score, "tasks." + task + ".", found);
    return found;
}

RunEvent readRunEvent(const Json& json)
{
    RunEvent event;
    if (!json.is_object())
        return event;
    event.name = textAt(json, "event");
    event.time = parseTime(textAt(json, "t"));
    event.step = countAt(json, "step");
    if (event.name == "step") {
        if (event.step)
            event.what = stepOf(json);
        else
            event.what = RunEvent::Unusable();
    } else if (event.name == "evaluation")
        event.what = evaluationOf(json);
    else if (event.name == "routing")
        event.what = routingOf(json);
    else if (event.name == "checkpoint")
        event.what = RunEvent::Checkpoint{textAt(json, "path")};
    else if (event.name == "started")
        event.what = startedOf(json);
    else if (event.name == "paused")
        event.what = RunEvent::Paused();
    else if (event.name == "resumed")
        event.what = RunEvent::Resumed();
    else if (event.name == "stopped")
        event.what = RunEvent::Stopped{textAt(json, "by") == "signal"};
    else if (event.name == "finished")
        event.what = finishedOf(json);
    else if (event.name == "failed")
        event.what = failedOf(json);
    else if (event.name == "reallocation")
        event.what = RunEvent::Reallocation{countAt(json, "moved"), countAt(json, "trainable_parameters")};
    return event;
}

} // namespace hilo
