// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hilo {

double learningRateAt(std::int64_t step, std::int64_t steps, double peak, std::int64_t warmup, Schedule schedule)
{
    if (step < warmup)
        return peak * static_cast<double>(step + 1) / static_cast<double>(warmup);
    const double length = static_cast<double>(std::max<std::int64_t>(1, steps - warmup));
    const double done = std::clamp(static_cast<double>(step - warmup) / length, 0.0, 1.0);
    switch (schedule) {
    case Schedule::Linear:
        return peak * (1 - done);
    case Schedule::Cosine:
        return peak * 0.5 * (1 + std::cos(std::numbers::pi * done));
    case Schedule::Constant:
        break;
    }
    return peak;
}

} // namespace hilo
