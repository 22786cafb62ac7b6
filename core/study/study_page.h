// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/study_report.h"

#include <string>

namespace hilo {

/// The study as one HTML file that needs nothing else: sentence, table, figures, maps, published results, comparisons,
/// settings, commands, versions and notes; light or dark as the reader's system is. No scripts.
std::string studyPage(const StudyReport& report);

} // namespace hilo
