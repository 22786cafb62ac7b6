// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gpu/kernels/counter_random.h"
#include "gpu/kernels/portable.h"

#include <algorithm>
#include <cmath>

namespace hilo::gpu {

/// A dropout mask: element i is kept when its 16 bits of draw i / 4 reach threshold. One draw of 64 bits serves four
/// elements.
struct DropoutMask
{
    std::uint64_t key = 0;
    std::uint32_t threshold = 0; ///< probability in 1/65536
    float factor = 1;            ///< on what is kept

    HILO_PORTABLE float of(std::int64_t element) const
    {
        const std::uint64_t bits = counterRandom(key, static_cast<std::uint64_t>(element) / 4);
        const auto uniform = static_cast<std::uint32_t>(bits >> (16 * (element % 4))) & 0xffffu;
        return uniform >= threshold ? factor : 0.0f;
    }

    /// of() of the four elements of a draw.
    HILO_PORTABLE void quad(std::int64_t draw, float* factors) const
    {
        const std::uint64_t bits = counterRandom(key, static_cast<std::uint64_t>(draw));
        for (int i = 0; i < 4; ++i)
            factors[i] = (static_cast<std::uint32_t>(bits >> (16 * i)) & 0xffffu) >= threshold ? factor : 0.0f;
    }
};

/// The mask named by key that drops with a probability in [0, 1), rounded to 1/65536; what is kept is multiplied by
/// 1 / (1 - probability).
inline DropoutMask dropoutMask(double probability, std::uint64_t key)
{
    const auto threshold = static_cast<std::uint32_t>(std::clamp(std::lround(probability * 65536), 0L, 65535L));
    return {key, threshold, 65536.0f / static_cast<float>(65536 - threshold)};
}

} // namespace hilo::gpu
