// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/summary.h"

#include <string>

namespace hilo {

/// Numbers of a study for people. isShare: shown in percent, differences in points.
std::string shownValue(double value, bool isShare);
/// With its sign: "+1.20".
std::string shownStep(double value, bool isShare);
/// "84.80 (83.60 to 86.00)"; the value alone where it has no interval.
std::string shownInterval(const StudyInterval& interval, bool isShare);
/// "+1.20 (-0.30 to 2.70)"
std::string shownDifference(const StudyInterval& interval, bool isShare);
/// "0.012", "< 0.001"
std::string shownP(double p);
/// "60 k": for axes and sentences.
std::string shownParameters(double parameters);
/// "1 234 567"
std::string groupedDigits(std::int64_t count);
/// "hilo", or "hilo at 60 k" where the study has several budgets.
std::string allocationName(const StudyObservations& observations, std::size_t allocation);

} // namespace hilo
