// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/series.h"

#include <cstdint>
#include <vector>

namespace hilo {

/// The mean of the same curve of several runs, step by step, with the 95 % interval of the mean by Student's t
/// (compare/statistics.h).
struct CurveBand
{
    std::vector<std::int64_t> steps; ///< at which two runs or more have a value
    std::vector<double> mean, low, high;
    std::vector<int> runs; ///< that have a value there
};

/// Values that are no numbers count for nothing. One curve alone is no band: nothing comes back.
CurveBand curveBand(const std::vector<Series>& curves);

} // namespace hilo
