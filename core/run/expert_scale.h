// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/run_spec.h"

#include <cstdint>

namespace hilo {

/// The factor on an expert's output: alpha/rank (2106.09685), alpha/sqrt(rank) (2312.03732) or the constant.
double expertScale(ScalingMode scaling, double constantScale, double alpha, std::int64_t rank);

/// Mean over a map's experts of that factor: what tells whether two allocations take steps of one size. 0 without any
/// expert.
double meanExpertScale(const AllocationMap& map, const TrainingSpec& training);

} // namespace hilo
