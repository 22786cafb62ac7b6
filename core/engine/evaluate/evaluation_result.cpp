// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluate/evaluation_result.h"

#include "base/share_interval.h"
#include "run/run_spec_names.h"

#include <algorithm>

namespace hilo {

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

void EvaluationResult::count(const std::string& label, bool isCorrect)
{
    ++total;
    ++classes[label].total;
    if (isCorrect) {
        ++correct;
        ++classes[label].correct;
    }
}

Json toJson(const EvaluationResult& result)
{
    const auto [low, high] = result.interval();
    Json classes = Json::object();
    for (const auto& [label, one] : result.classes)
        classes[label] = {{"total", one.total}, {"correct", one.correct}};
    return {{"split", result.split},           {"protocol", nameOf(protocolNames, result.protocol)},
            {"accuracy", result.accuracy()},   {"correct", result.correct},
            {"total", result.total},           {"interval", {low, high}},
            {"unparsable", result.unparsable}, {"majority_floor", result.majorityFloor()},
            {"classes", std::move(classes)},   {"seconds", result.seconds}};
}

} // namespace hilo
