// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gpu/kernels/dropout.h"

#include <cstdint>

namespace hilo::gpu::cpu {

/// output[i] = input[i] * mask.factor where element i of the mask is kept, 0 elsewhere. The mask is a function of
/// (key, i) alone: the backward pass applies it to gradients by the same call. input and output may be the same.
void dropout(const float* input, float* output, std::int64_t count, const DropoutMask& mask);

} // namespace hilo::gpu::cpu
