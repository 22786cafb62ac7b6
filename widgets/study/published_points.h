// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/comparison_chart.h"
#include "study/study_view.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// A number that others published about a task of a study, by the protocol that the study asks.
struct PublishedNumber
{
    std::size_t task = 0; ///< in StudyObservations::tasks
    std::string method, model, source;
    double value = 0; ///< in the unit of the task's metric: a share for percents
    std::optional<std::int64_t> trainable;
};

/// Which numbers a chart of a study shows.
struct StudyChartChoice
{
    std::optional<std::size_t> task; ///< nothing: the mean over tasks
    bool isActive = false;           ///< against active parameters; else against trainable ones
    bool showsPublished = true;
};

struct StudyPoints
{
    std::vector<ComparisonPoint> points;
    int withoutParameters = 0; ///< published numbers that tell no parameters, and cannot be drawn
};

/// The points of a chart: one an allocation with a value, and what was published: of a task each number, of the mean
/// each method that has one of every task from one source on one base model. Published parameters are trainable ones:
/// against active ones none is drawn.
StudyPoints studyPoints(const StudyView& study, const std::vector<PublishedNumber>& published,
                        const StudyChartChoice& choice);

} // namespace hilo
