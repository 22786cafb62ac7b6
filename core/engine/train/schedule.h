// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/run_spec.h"

#include <cstdint>

namespace hilo {

/// The learning rate of the step-th update (from 0) of steps: linear warm-up from peak/(warmup) to peak, then constant,
/// linear to 0, or half a cosine to 0 (as get_*_schedule of transformers).
double learningRateAt(std::int64_t step, std::int64_t steps, double peak, std::int64_t warmup, Schedule schedule);

} // namespace hilo
