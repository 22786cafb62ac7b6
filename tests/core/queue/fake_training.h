// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace hilo::testing {

/// What fake_hilo computes: a chain in which every step depends on all before it.
inline std::int64_t nextState(std::int64_t state, std::int64_t step)
{
    return (state * 31 + step * 17 + 7) % 1000003;
}
inline double lossOf(std::int64_t state)
{
    return 1 + static_cast<double>(state) / 1000003;
}
inline double accuracyOf(std::int64_t state)
{
    return static_cast<double>(state % 10000) / 10000;
}
inline std::int64_t stateAfter(std::int64_t steps)
{
    std::int64_t state = 0;
    for (std::int64_t step = 1; step <= steps; ++step)
        state = nextState(state, step);
    return state;
}

} // namespace hilo::testing
