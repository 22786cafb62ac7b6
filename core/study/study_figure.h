// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/figure_colours.h"
#include "study/study_report.h"

#include <optional>
#include <string>

namespace hilo {

enum class StudyFigure {
    Values,   ///< mean value against parameters, with intervals, curves over budgets, front and published points
    Ranks,    ///< mean ranks and what differs by less than the critical difference (Demšar 2006, figure 1)
    Matrix,   ///< tasks by allocations, coloured by the difference from the first allocation
    Learning, ///< training loss against steps
};

struct StudyFigureOptions
{
    bool active = false;             ///< Values: against active instead of trainable parameters
    std::optional<std::size_t> task; ///< Values: one task's instead of the mean
    FigureColours colours{};
};

/// A whole SVG document without outer resources, with the report's command below it. What cannot be drawn says so in
/// the drawing.
std::string studyFigure(const StudyReport& report, StudyFigure figure, const StudyFigureOptions& options = {});

} // namespace hilo
