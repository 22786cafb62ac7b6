// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/metric_choice.h"

#include "base/text_format.h"
#include "index/key_names.h"
#include "run/imported_scores.h"

#include <algorithm>
#include <limits>

namespace hilo {

Result<MetricChoice> MetricChoice::parse(const std::string& text)
{
    const auto at = text.find('@');
    MetricChoice choice{text.substr(0, at), at == std::string::npos ? std::string() : text.substr(at + 1)};
    if (choice.metric.empty() || (at != std::string::npos && choice.task.empty()))
        return failure(wrongUsage("\"" + text + "\" names no metric.",
                                  "Write METRIC or METRIC@TASK, such as loss or matthews@cola."));
    return choice;
}

std::string MetricChoice::text() const
{
    return task.empty() ? metric : metric + "@" + task;
}

std::string MetricChoice::label() const
{
    const Metric* known = findMetric(metric);
    const auto imported = importedMetric(metric);
    return (known      ? known->label
            : imported ? imported->label
                       : metric) +
           (task.empty() ? std::string() : " of " + task);
}

bool MetricChoice::isShare() const
{
    if (const auto imported = importedMetric(metric))
        return imported->isShare;
    const Metric* known = findMetric(metric);
    return known && known->isShare;
}

bool MetricChoice::lowerIsBetter() const
{
    if (const auto imported = importedMetric(metric))
        return imported->lowerIsBetter;
    const Metric* known = findMetric(metric);
    return known && known->better == Metric::Better::Lower;
}

std::pair<double, double> MetricChoice::range() const
{
    constexpr double endless = std::numeric_limits<double>::infinity();
    if (isShare())
        return {0, 1};
    if (metric == "matthews")
        return {-1, 1};
    if (metric == "loss")
        return {0, endless};
    if (metric == "perplexity")
        return {1, endless};
    if (const auto imported = importedRange(metric))
        return {imported->low, imported->high};
    return {-endless, endless};
}

std::string MetricChoice::meant(const std::string& name) const
{
    return name == metric && !isAccuracy() ? finalKey(metric, task) : name;
}

Status checkChoice(const MetricChoice& choice, const std::vector<MeasuredMetric>& measured)
{
    const auto has = [&](auto&& test) { return std::any_of(measured.begin(), measured.end(), test); };
    if (has([&](const MeasuredMetric& one) { return one.metric == choice.metric && one.task == choice.task; }))
        return {};
    if (choice.isKnown() && (choice.task.empty() || measured.empty()))
        return {};
    std::vector<std::string> names;
    const bool isMetric = has([&](const MeasuredMetric& one) { return one.metric == choice.metric; });
    for (const MeasuredMetric& one : measured)
        if (const std::string& name = isMetric ? one.task : one.metric;
            (!isMetric || one.metric == choice.metric) && !name.empty() &&
            std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(name);
    const std::string what = isMetric ? "No result has \"" + choice.metric + "\" of a task \"" + choice.task + "\""
                                      : "No result has a metric \"" + choice.metric + "\"";
    return failure(badInput("--metric", {},
                            what + (names.empty() ? "."
                                    : isMetric    ? "; it was measured of " + joined(names) + "."
                                                  : "; there is " + joined(names) + "."),
                            "\"hilo compare DIR --list-metrics\" shows what can be compared."));
}

} // namespace hilo
