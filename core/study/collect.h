// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/run_reader.h"
#include "project/project.h"
#include "study/observations.h"
#include "study/study.h"

namespace hilo {

/// What the finished runs of a study say by now: the arms of its first budget first, each budget's in the order of the
/// sources. A task's metric is the one that was chosen; else its benchmark's; else the first of accuracy, exact_match,
/// rouge_l, reward_accuracy and loss that all finished runs have. Whether rows are right is read from their
/// predictions, unless withRows is false; a run whose rows are not those of the others tells none.
Result<StudyObservations> collectStudy(const Study& study, const Project& project, RunReader& reader,
                                       bool withRows = true);

} // namespace hilo
