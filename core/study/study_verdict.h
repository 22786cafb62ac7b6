// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/summary.h"

#include <string>
#include <vector>

namespace hilo {

/// Corrects the comparisons that have a p by Holm's method, all of them together; then sets the verdict and sentence of
/// each. A difference counts only where its interval excludes 0 and p after the correction is below 0.05. Returns how
/// many comparisons were corrected for.
std::size_t judge(const StudyObservations& observations, StudySummary& summary);

/// A note as a sentence, with what the command line can do about it.
std::string inWords(const StudyNote& note);
std::vector<std::string> inWords(const std::vector<StudyNote>& notes);

/// What the comparisons say together.
std::string sentenceOf(const StudyObservations& observations, const StudySummary& summary);

} // namespace hilo
