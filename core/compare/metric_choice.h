// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/final_scores.h"
#include "metrics/metric.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hilo {

/// The number that runs are compared by: a metric of their results, of one task or as the mean over a run's tasks.
struct MetricChoice
{
    std::string metric = "accuracy";
    std::string task; ///< empty: the mean over the tasks that have the metric

    /// "rouge_l" or "rouge_l@news"; wrong usage when one of both is empty.
    static Result<MetricChoice> parse(const std::string& text);
    /// As parse() reads it, "rouge_l@news".
    std::string text() const;
    /// For people: "ROUGE-L of news". A metric that the program does not know is called as it is written.
    std::string label() const;
    bool isAccuracy() const { return metric == "accuracy" && task.empty(); }
    /// Whether the program knows which way is better; of others higher values are taken for better.
    bool isKnown() const { return findMetric(metric) != nullptr; }
    bool isShare() const;
    bool lowerIsBetter() const;
    bool isBetter(double value, double other) const { return lowerIsBetter() ? value < other : value > other; }
    /// Which values the metric can have; intervals end there.
    std::pair<double, double> range() const;
    /// The name that a filter or a column means when it says name: the bare name of the chosen metric is the chosen
    /// number, whatever else is called so.
    std::string meant(const std::string& name) const;
    bool operator==(const MetricChoice&) const = default;
};

/// Whether runs can be compared by it. bad input when results hold neither the metric nor, where the metric is known,
/// the task; a project without any result yet refuses what is not known only.
Status checkChoice(const MetricChoice& choice, const std::vector<MeasuredMetric>& measured);

} // namespace hilo
