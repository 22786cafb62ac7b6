// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/metric_text.h"
#include "study/summary.h"

#include <memory>

namespace hilo {

/// A study as it is shown: what was measured and what follows from it.
struct StudyView
{
    StudyObservations observations;
    StudySummary summary;
    bool isWhole = true; ///< false: means alone, while intervals, ranks and verdicts are being worked out

    const StudyAllocation& allocation(std::size_t row) const { return observations.allocations[row]; }
    /// "hilo 2468", of a study of several budgets "hilo 2468 · 60 k".
    QString label(std::size_t row) const;
    /// Whether the allocations are of one size, but for what a token uses of it.
    bool differsInActiveOnly() const;
    /// How the means over tasks and the differences are written.
    MetricText meanText() const;
    /// How the values of a task are written.
    MetricText taskText(std::size_t task) const;
};

/// May be null: there is nothing to show.
using StudyPointer = std::shared_ptr<const StudyView>;

/// -1, 0 or 1: whether an interval lies below 0, holds it (or has no ends), or lies above it.
int signOf(const std::optional<StudyInterval>& interval);
/// "84.8 % (83.5 … 86.0)", or the value alone where nothing says how sure it is.
QString withEnds(const MetricText& metric, const StudyInterval& interval);
/// "+1.2 points (−0.3 … 2.7)"
QString differenceWithEnds(const MetricText& metric, const StudyInterval& interval);

} // namespace hilo
