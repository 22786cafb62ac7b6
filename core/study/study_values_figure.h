// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/study_figure.h"

#include <string>

namespace hilo {

/// The drawing of StudyFigure::Values.
std::string valuesFigure(const StudyReport& report, const StudyFigureOptions& options);

} // namespace hilo
