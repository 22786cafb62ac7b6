// SPDX-License-Identifier: GPL-3.0-or-later
#include "gpu/cpu/dropout.h"

#include <ATen/Parallel.h>

#include <algorithm>

namespace hilo::gpu::cpu {

void dropout(const float* input, float* output, std::int64_t count, const DropoutMask& mask)
{
    const std::int64_t draws = (count + 3) / 4;
    at::parallel_for(0, draws, 8192, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t draw = begin; draw < end; ++draw) {
            float factors[4];
            mask.quad(draw, factors);
            const std::int64_t first = draw * 4;
            const int lanes = static_cast<int>(std::min<std::int64_t>(4, count - first));
            // What is dropped is 0 also where the input is not finite.
            for (int lane = 0; lane < lanes; ++lane)
                output[first + lane] = factors[lane] != 0 ? input[first + lane] * factors[lane] : 0.0f;
        }
    });
}

} // namespace hilo::gpu::cpu
