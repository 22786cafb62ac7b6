// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/study.h"

#include <vector>

namespace hilo {

/// Adds tasks, allocations, budgets, seeds, rates and halving's decisions of another part of the same study. Gives that
/// part's runs with their places in this one; which of them count is for the caller to say. Data are the study's own
/// where both have a task. wrong usage: what differs, where they are not parts of one study: settings, a task's data
/// settings or metric, an allocation of the same label, a rate that was found.
Result<std::vector<StudyRun>> mergeStudies(Study& study, const Study& other);

} // namespace hilo
