// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_history.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string_view>

namespace hilo {
namespace {

constexpr std::array metricNames = {"loss", "lr", "grad_norm", "tokens_per_second", "memory_bytes", "mfu"};
constexpr double missing = std::numeric_limits<double>::quiet_NaN();

double number(const Json& object, const char* key, double fallback = missing)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_number() ? found->get<double>() : fallback;
}

std::string text(const Json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

void addStep(RunHistory& history, const Json& event)
{
    const double step = number(event, "step");
    if (std::isnan(step))
        return;
    const auto first = std::lower_bound(history.steps.begin(), history.steps.end(), step);
    const auto keep = first - history.steps.begin();
    history.rewrites += keep < history.steps.size() ? 1 : 0;
    history.steps.resize(keep);
    history.steps.push_back(step);
    for (const char* name : metricNames) {
        auto& values = history.metrics[name];
        values.resize(keep, missing);
        values.push_back(number(event, name));
    }
}

void addEvaluation(RunHistory& history, const Json& event)
{
    AccuracyPoint point{number(event, "step"), number(event, "accuracy"), missing, missing, text(event, "split")};
    if (std::isnan(point.step) || std::isnan(point.accuracy))
        return;
    const auto interval = event.find("interval");
    if (interval != event.end() && interval->is_array() && interval->size() == 2 && (*interval)[0].is_number() &&
        (*interval)[1].is_number()) {
        point.low = (*interval)[0].get<double>();
        point.high = (*interval)[1].get<double>();
    }
    std::erase_if(history.evaluations,
                  [&point](const AccuracyPoint& old) { return old.step >= point.step && old.split == point.split; });
    history.evaluations.push_back(point);
}

void addRouting(RunHistory& history, const Json& event)
{
    const auto modules = event.find("modules");
    if (modules == event.end() || !modules->is_array())
        return;
    history.loads.clear();
    for (const Json& entry : *modules) {
        if (!entry.is_object())
            continue;
        ModuleLoad load{static_cast<int>(number(entry, "layer", -1)), text(entry, "module"), {}};
        const auto values = entry.find("load");
        if (load.layer < 0 || load.module.empty() || values == entry.end() || !values->is_array())
            continue;
        for (const Json& value : *values)
            load.load.push_back(value.is_number() ? value.get<double>() : missing);
        history.loads.push_back(std::move(load));
    }
}

} // namespace

void RunHistory::add(const Json& event)
{
    if (!event.is_object())
        return;
    const std::string kind = text(event, "event");
    if (kind == "step") {
        addStep(*this, event);
        state = "running";
    } else if (kind == "evaluation") {
        addEvaluation(*this, event);
    } else if (kind == "routing") {
        addRouting(*this, event);
    } else if (kind == "checkpoint") {
        const double step = number(event, "step");
        if (!std::isnan(step) && std::find(checkpoints.begin(), checkpoints.end(), step) == checkpoints.end())
            checkpoints.push_back(static_cast<std::int64_t>(step));
    } else if (kind == "started" || kind == "resumed") {
        state = "running";
        totalSteps = number(event, "steps", totalSteps);
    } else if (kind == "paused" || kind == "stopped" || kind == "finished") {
        state = kind;
    } else if (kind == "failed") {
        state = kind;
        message = text(event, "message");
        if (const std::string hint = text(event, "hint"); !hint.empty())
            message += "\n" + hint;
    }
}

void RunHistory::append(const RunHistory& part)
{
    if (!part.steps.isEmpty()) {
        const auto keep = std::lower_bound(steps.begin(), steps.end(), part.steps.front()) - steps.begin();
        rewrites += keep < steps.size() ? 1 : 0;
        steps.resize(keep);
        steps += part.steps;
        for (const char* name : metricNames) {
            auto& values = metrics[name];
            values.resize(keep, missing);
            values += part.metrics.at(name);
        }
    }
    for (const AccuracyPoint& point : part.evaluations) {
        std::erase_if(evaluations, [&point](const AccuracyPoint& old) {
            return old.step >= point.step && old.split == point.split;
        });
        evaluations.push_back(point);
    }
    if (!part.loads.empty())
        loads = part.loads;
    for (const std::int64_t step : part.checkpoints)
        if (std::find(checkpoints.begin(), checkpoints.end(), step) == checkpoints.end())
            checkpoints.push_back(step);
    if (!part.state.empty()) {
        state = part.state;
        message = part.message;
    }
    if (part.totalSteps > 0)
        totalSteps = part.totalSteps;
}

double RunHistory::last(const std::string& metric) const
{
    const auto found = metrics.find(metric);
    return found == metrics.end() || found->second.isEmpty() ? missing : found->second.back();
}

QVector<double> smoothed(const QVector<double>& values, double weight)
{
    QVector<double> result(values.size(), missing);
    double mean = 0;
    double share = 0;
    for (int i = 0; i < values.size(); ++i) {
        if (!std::isnan(values[i])) {
            mean = weight * mean + (1 - weight) * values[i];
            share = weight * share + (1 - weight);
        }
        if (share > 0)
            result[i] = mean / share;
    }
    return result;
}

} // namespace hilo
