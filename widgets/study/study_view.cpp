// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_view.h"

#include "common/numbers.h"

#include <algorithm>
#include <limits>

namespace hilo {

QString StudyView::label(std::size_t row) const
{
    const StudyAllocation& one = allocation(row);
    const QString label = QString::fromStdString(one.label);
    const bool isOneOfSeveral =
        std::any_of(observations.allocations.begin(), observations.allocations.end(),
                    [&one](const StudyAllocation& other) { return other.budget != one.budget; });
    return one.budget && isOneOfSeveral ? label + QStringLiteral(" · ") + shortNumber(static_cast<double>(*one.budget))
                                        : label;
}

bool StudyView::differsInActiveOnly() const
{
    const auto spread = [this](std::int64_t StudyAllocation::*size) {
        std::int64_t least = std::numeric_limits<std::int64_t>::max(), most = 0;
        for (const StudyAllocation& one : observations.allocations) {
            least = std::min(least, one.*size);
            most = std::max(most, one.*size);
        }
        return least > 0 ? static_cast<double>(most) / static_cast<double>(least) : 1.0;
    };
    // Maps come near a budget, rarely to the parameter.
    constexpr double alike = 1.1;
    const double trainable = spread(&StudyAllocation::trainable);
    return trainable <= alike && spread(&StudyAllocation::active) > std::max(alike, trainable);
}

MetricText StudyView::meanText() const
{
    if (summary.unit == "%")
        return MetricText("accuracy");
    return observations.tasks.empty() ? MetricText() : MetricText(observations.tasks.front().metric.metric);
}

MetricText StudyView::taskText(std::size_t task) const
{
    return MetricText(observations.tasks[task].metric.metric);
}

int signOf(const std::optional<StudyInterval>& interval)
{
    if (!interval || !interval->low || !interval->high)
        return 0;
    return *interval->low > 0 ? 1 : *interval->high < 0 ? -1 : 0;
}

QString withEnds(const MetricText& metric, const StudyInterval& interval)
{
    const QString value = metric.withUnit(interval.value);
    return interval.low && interval.high
               ? QStringLiteral("%1 (%2 … %3)").arg(value, metric.number(*interval.low), metric.number(*interval.high))
               : value;
}

QString differenceWithEnds(const MetricText& metric, const StudyInterval& interval)
{
    const QString value = metric.difference(interval.value) + metric.differenceUnit();
    return interval.low && interval.high
               ? QStringLiteral("%1 (%2 … %3)")
                     .arg(value, metric.difference(*interval.low), metric.difference(*interval.high))
               : value;
}

} // namespace hilo
