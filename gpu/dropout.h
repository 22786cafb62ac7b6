// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace hilo::gpu {

/// output[i] = input[i] / (1 - probability) where element i of the mask named by key is kept, 0 elsewhere. The mask is
/// a function of (key, i) alone: the backward pass applies it to gradients by the same call. input and output may be
/// the same. probability in [0, 1), rounded to 1/65536.
void applyDropout(const float* input, float* output, std::int64_t count, double probability, std::uint64_t key);

} // namespace hilo::gpu
