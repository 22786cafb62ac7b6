// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/study_figure.h"

#include <string>

namespace hilo {

/// The drawing of StudyFigure::Ranks.
std::string ranksFigure(const StudyReport& report, const FigureColours& colours);

} // namespace hilo
