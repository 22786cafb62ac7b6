// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_view.h"

#include "common/numbers.h"

#include <algorithm>

namespace hilo {

QString StudyView::label(std::size_t row) const
{
    const StudyAllocation& one = allocation(row);
    const QString label = QString::fromStdString(one.label);
    return one.budget ? label + QStringLiteral(" · ") + shortNumber(static_cast<double>(*one.budget)) : label;
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
