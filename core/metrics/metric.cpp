// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/metric.h"

#include <algorithm>

namespace hilo {

bool Metric::isBetter(double value, double other) const
{
    return better == Better::Higher ? value > other : value < other;
}

const Metric* findMetric(std::string_view name)
{
    const auto found =
        std::find_if(metrics().begin(), metrics().end(), [name](const Metric* one) { return one->name == name; });
    return found == metrics().end() ? nullptr : *found;
}

std::string metricNames()
{
    std::string names;
    for (const Metric* metric : metrics())
        names += (names.empty() ? "" : ", ") + metric->name;
    return names;
}

} // namespace hilo
