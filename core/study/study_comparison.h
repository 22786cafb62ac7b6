// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/mean_estimate.h"

namespace hilo {

/// An allocation compared with another one over the tasks and seeds that both have: everything but Holm's correction
/// and the verdict. average: whether the tasks' values have a mean; if not there are no numbers.
StudyDifference comparisonOf(const StudyTable& table, StudyBootstrap& bootstrap, std::size_t allocation,
                             std::size_t from, bool average);

/// The differences within which those of a task's metric lie: from lowest to highest.
StudyInterval within(StudyInterval interval, double lowest, double highest);

} // namespace hilo
