// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "study/study_report.h"

namespace hilo {

/// The study as programs read it: docs/statistics.md lists the keys. What is not known is null.
Json toJson(const StudyReport& report);

/// "better", "no clear difference", …: StudyVerdict by its word.
std::string wordOf(StudyVerdict verdict);

} // namespace hilo
