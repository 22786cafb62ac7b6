// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "compare/sweep.h"

#include <string>
#include <vector>

namespace hilo {

/// Rows with a head, for alignedTable and csvOf; accuracies in percent.
std::vector<std::vector<std::string>> tableRows(const std::vector<SweepResult>& results);
Json toJson(const Sweep& sweep, const std::vector<SweepResult>& results);
/// Accuracy of every entry with its interval, one line each.
std::string svgOf(const Sweep& sweep, const std::vector<SweepResult>& results);

} // namespace hilo
