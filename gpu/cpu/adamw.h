// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gpu/kernels/adamw.h"

#include <cstdint>

namespace hilo::gpu::cpu {

/// One update of decoupled weight decay Adam (1711.05101) over flat buffers of count elements. Elementwise, so the
/// result does not depend on the number of threads.
void adamw(float* parameters, float* gradients, float* firstMoment, float* secondMoment, std::int64_t count,
           const AdamwSettings& settings);

/// Euclidean norm, summed in double in chunks of a fixed size and order: the same on any number of threads.
double gradientNorm(const float* gradients, std::int64_t count);

} // namespace hilo::gpu::cpu
