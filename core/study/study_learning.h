// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/run_reader.h"
#include "study/study_report.h"

#include <vector>

namespace hilo {

/// The training loss of the study's finished runs by allocation. Of an imported run only some steps are known.
Result<std::vector<StudyLearning>> collectLearning(const StudyObservations& observations, RunReader& reader);

} // namespace hilo
