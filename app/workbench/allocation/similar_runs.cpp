// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/similar_runs.h"

#include <algorithm>
#include <cmath>

namespace hilo {

std::vector<RunSummary> similarRuns(const std::vector<RunSummary>& runs, std::int64_t trainable, std::size_t most,
                                    const FinalValues* values)
{
    if (trainable <= 0)
        return {};
    std::vector<std::pair<double, const RunSummary*>> near;
    for (const RunSummary& run : runs) {
        const std::int64_t parameters = run.trainableParameters.value_or(0);
        const bool hasValue = values ? values->contains(run.id) : run.accuracy.has_value();
        if (!hasValue || parameters <= 0)
            continue;
        const double distance = std::abs(std::log(static_cast<double>(parameters) / static_cast<double>(trainable)));
        if (distance <= std::log(3.0))
            near.emplace_back(distance, &run);
    }
    std::stable_sort(near.begin(), near.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<RunSummary> result;
    for (std::size_t i = 0; i < std::min(most, near.size()); ++i)
        result.push_back(*near[i].second);
    return result;
}

} // namespace hilo
