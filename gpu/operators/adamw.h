// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gpu/kernels/adamw.h"
#include "gpu/tensor.h"

namespace hilo::gpu {

/// Euclidean norm of a flat float32 gradient, summed in double in a fixed order: a double scalar on its device.
torch::Tensor gradientNorm(const torch::Tensor& gradient);

/// One update of decoupled weight decay Adam (1711.05101) over float32 tensors of one device, dense and of one size,
/// with every gradient multiplied by settings.gradientFactor and by what clips norm (of the gradients as they are; a
/// double scalar on the device, may be undefined) times that factor to maximumNorm.
void adamwStep(const torch::Tensor& parameters, const torch::Tensor& gradient, const torch::Tensor& first,
               const torch::Tensor& second, const AdamwSettings& settings, const torch::Tensor& norm = {},
               double maximumNorm = 0);

} // namespace hilo::gpu
