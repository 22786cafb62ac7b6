// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/data/evaluation_data.h"

#include <string>

namespace hilo {

/// Whether a metric (core/metrics) is to be expected of the rows by their protocol, known before the first step. Some
/// are absent all the same, as a correlation where all answers are alike.
bool measures(const EvaluationData& rows, const std::string& metric);

/// Why not, in a sentence without its full stop; empty where it is.
std::string whyNotMeasured(const EvaluationData& rows, const std::string& metric);

} // namespace hilo
