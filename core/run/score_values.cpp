// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/score_values.h"

#include <array>
#include <utility>

namespace hilo {
namespace {

/// Metrics that a score has members for.
constexpr std::array ownMetrics = {std::pair{"accuracy", &RunScore::accuracy}, std::pair{"loss", &RunScore::loss},
                                   std::pair{"perplexity", &RunScore::perplexity}};

} // namespace

std::optional<ScoreValue> valueOf(const RunScore& score, std::string_view metric)
{
    const std::string name(metric);
    std::optional<ScoreValue> found;
    for (const auto& [own, member] : ownMetrics)
        if (name == own) {
            if (score.*member)
                found = ScoreValue{*(score.*member), {}, {}};
            // A member that is empty although there is such a metric was no possible value of it.
            if (name == "accuracy" && found) {
                found->low = score.low;
                found->high = score.high;
            } else if (const auto interval = score.intervals.find(name); found && interval != score.intervals.end()) {
                found->low = interval->second.first;
                found->high = interval->second.second;
            }
            return found;
        }
    const auto value = score.metrics.find(name);
    if (value == score.metrics.end())
        return found;
    found = ScoreValue{value->second, {}, {}};
    if (const auto interval = score.intervals.find(name); interval != score.intervals.end()) {
        found->low = interval->second.first;
        found->high = interval->second.second;
    }
    return found;
}

std::vector<std::string> measuredMetrics(const RunScore& score)
{
    std::vector<std::string> names;
    for (const auto& [own, member] : ownMetrics)
        if (score.*member)
            names.emplace_back(own);
    for (const auto& [name, value] : score.metrics)
        if (name != "accuracy" && name != "loss" && name != "perplexity")
            names.push_back(name);
    return names;
}

} // namespace hilo
