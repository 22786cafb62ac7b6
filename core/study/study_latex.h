// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/study_report.h"

#include <string>

namespace hilo {

/// A table environment for the package booktabs: the value of each task, the mean and the mean rank with their
/// intervals below them, and the difference from the first allocation; a star where it is clear after Holm's
/// correction. The caption says what the numbers are. Texts are UTF-8, as LaTeX reads them since 2018.
std::string studyLatex(const StudyReport& report);

/// Text with the characters that LaTeX would follow as commands written out.
std::string latexEscaped(const std::string& text);

} // namespace hilo
