// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gpu/adamw.h"
#include "gpu/tensor.h"

namespace hilo::gpu {

/// gradientNorm (gpu/adamw.h) of a flat float32 gradient: a double scalar on its device.
torch::Tensor gradientNormOf(const torch::Tensor& gradient);

/// adamwStep over flat float32 tensors of one device, with every gradient multiplied by settings.gradientFactor and by
/// what clips norm (of the gradients as they are; a double scalar on the device, may be undefined) times that factor to
/// maximumNorm. copy: a bfloat16 tensor that gets the new parameters, or undefined.
void adamwStepOf(const torch::Tensor& parameters, const torch::Tensor& gradient, const torch::Tensor& first,
                 const torch::Tensor& second, const torch::Tensor& norm, double maximumNorm,
                 const AdamwSettings& settings, const torch::Tensor& copy = {});

} // namespace hilo::gpu
