// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/compare.h"

#include <string>
#include <vector>

namespace hilo {

/// A scatter plot of the metric against parameters (logarithmic) with intervals and the front.
std::string svgOf(const std::vector<CompareRow>& rows, ParetoCost cost, const MetricChoice& metric = {});

} // namespace hilo
