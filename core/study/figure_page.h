// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/study_figure.h"

#include <string>

namespace hilo {

/// The begin of a drawing: its size, background and font.
std::string figureBegin(double width, double height, const FigureColours& colours);
/// The command below the drawing, in lines that fit, and the end; what figureBegin is told of the height has room for
/// figureFoot(report, width).
std::string figureEnd(const StudyReport& report, double width, double top, const FigureColours& colours);
/// Pixels that figureEnd needs.
double figureFoot(const StudyReport& report, double width);
/// A text; anchor: start, middle or end. content is escaped here.
std::string figureText(double x, double y, const std::string& content, const std::string& colour,
                       const std::string& anchor = "start");

} // namespace hilo
