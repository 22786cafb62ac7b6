// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluate/evaluation_result.h"

#include "base/share_interval.h"
#include "data/row_place.h"
#include "run/run_spec_names.h"

#include <algorithm>

namespace hilo {
namespace {

Json classesJson(const std::map<std::string, ClassCount>& classes)
{
    Json json = Json::object();
    for (const auto& [label, one] : classes) {
        Json given = Json::object();
        for (const auto& [answer, count] : one.given)
            given[answer] = count;
        json[label] = {{"total", one.total}, {"correct", one.correct}, {"given", std::move(given)}};
    }
    return json;
}

} // namespace

std::pair<double, double> EvaluationResult::interval() const
{
    return total > 0 ? wilsonInterval(static_cast<double>(correct), static_cast<double>(total)) : std::pair(0.0, 1.0);
}

double EvaluationResult::majorityFloor() const
{
    std::int64_t most = 0;
    for (const auto& [label, one] : classes)
        most = std::max(most, one.total);
    return total > 0 ? static_cast<double>(most) / static_cast<double>(total) : 0;
}

void EvaluationResult::count(const std::string& label, const std::optional<std::string>& given)
{
    ClassCount& one = classes[label];
    ++total;
    ++one.total;
    if (given)
        ++one.given[*given];
    if (given == label) {
        ++correct;
        ++one.correct;
    }
}

std::optional<double> EvaluationResult::valueOf(const std::string& metric) const
{
    if (metric == "loss")
        return loss;
    if (metric == "perplexity")
        return perplexity;
    if (metric == "accuracy" && hasAccuracy())
        return accuracy();
    const auto found = metrics.find(metric);
    return found == metrics.end() ? std::nullopt : std::optional(found->second);
}

Json toJson(const EvaluationResult& result)
{
    Json json = {{"split", result.split},
                 {"protocol", nameOf(protocolNames, result.protocol)},
                 {"rows", result.rows},
                 {"tokens", result.tokens},
                 {"seconds", result.seconds}};
    if (!result.task.empty())
        json["task"] = result.task;
    if (result.loss)
        json["loss"] = *result.loss;
    if (result.perplexity)
        json["perplexity"] = *result.perplexity;
    Json metrics = Json::object();
    for (const auto& [name, value] : result.metrics)
        metrics[name] = value;
    Json intervals = Json::object();
    for (const auto& [name, interval] : result.intervals)
        intervals[name] = {interval.first, interval.second};
    if (result.hasAccuracy()) {
        const auto [low, high] = result.interval();
        metrics["accuracy"] = result.accuracy();
        intervals["accuracy"] = {low, high};
        json["accuracy"] = result.accuracy();
        json["correct"] = result.correct;
        json["total"] = result.total;
        json["interval"] = {low, high};
        json["unparsable"] = result.unparsable;
        json["majority_floor"] = result.majorityFloor();
        json["classes"] = classesJson(result.classes);
    }
    json["metrics"] = std::move(metrics);
    json["intervals"] = std::move(intervals);
    if (!result.positiveLabel.empty())
        json["positive_label"] = result.positiveLabel;
    if (!result.notMeasured.empty())
        json["not_measured"] = result.notMeasured;
    return json;
}

Json toJson(const ScoredRow& row)
{
    Json json = {
        {"file", row.file}, {"line", numberOfPlace(row.line)}, {"place", placeText(row.line)}, {"tokens", row.tokens}};
    if (row.window > 0)
        json["window"] = row.window;
    if (row.tokens > 0)
        json["loss"] = row.loss / static_cast<double>(row.tokens);
    const auto set = [&json](const char* key, const std::optional<std::string>& text) {
        if (text)
            json[key] = *text;
    };
    set("right", row.right);
    set("given", row.given);
    set("given_normalised", row.givenNormalised);
    set("wanted", row.wanted);
    set("written", row.written);
    if (!row.likelihoods.empty())
        json["likelihoods"] = row.likelihoods;
    return json;
}

} // namespace hilo
