// SPDX-License-Identifier: GPL-3.0-or-later
#include "dropout.h"

#include "counter_random.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>

namespace hilo::gpu {

void applyDropout(const float* input, float* output, std::int64_t count, double probability, std::uint64_t key)
{
    const auto threshold = static_cast<std::uint32_t>(std::clamp(std::lround(probability * 65536), 0L, 65535L));
    const float factor = 65536.0f / static_cast<float>(65536 - threshold);
    // One draw of 64 bits serves four elements.
    const std::int64_t draws = (count + 3) / 4;
    at::parallel_for(0, draws, 8192, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t draw = begin; draw < end; ++draw) {
            const std::uint64_t bits = counterRandom(key, static_cast<std::uint64_t>(draw));
            const std::int64_t first = draw * 4;
            const int lanes = static_cast<int>(std::min<std::int64_t>(4, count - first));
            for (int lane = 0; lane < lanes; ++lane) {
                const auto uniform = static_cast<std::uint32_t>(bits >> (16 * lane)) & 0xffffu;
                output[first + lane] = uniform >= threshold ? input[first + lane] * factor : 0.0f;
            }
        }
    });
}

} // namespace hilo::gpu
