// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/run_settings.h"

#include <cstdint>
#include <vector>

namespace hilo {

/// What a run's first event tells of its length.
struct RunLength
{
    std::int64_t steps = 0, trainingRows = 0, processes = 0;
};

/// How many steps one epoch of a run has; 0 where its settings and its log do not tell: of a run whose steps are given
/// and that packs its rows, has several tasks or several processes. settings: as flattenSettings (run/run_settings.h).
double stepsPerEpoch(const std::vector<Setting>& settings, const RunLength& length);

} // namespace hilo
