// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/study_report.h"

#include <string>

namespace hilo {

/// Tables, sentence and notes in GitHub's Markdown.
std::string studyMarkdown(const StudyReport& report);

} // namespace hilo
