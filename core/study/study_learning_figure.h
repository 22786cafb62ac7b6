// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/study_figure.h"

namespace hilo {

/// Training loss against the steps, a curve an allocation (StudyReport::learning).
std::string learningFigure(const StudyReport& report, const FigureColours& colours);

} // namespace hilo
