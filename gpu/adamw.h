// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace hilo::gpu {

struct AdamwSettings
{
    double learningRate = 1e-3;
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    double weightDecay = 0;
    std::int64_t step = 1;       ///< number of this update, from 1 (bias correction)
    double gradientFactor = 1;   ///< every gradient is multiplied by it: clipping, 1 / accumulation
    bool clearGradients = false; ///< leaves zeros in gradients, saving the pass that would clear them
};

/// One update of decoupled weight decay Adam (1711.05101) over flat buffers of count elements, in the order of
/// operations of torch::optim::AdamW. Elementwise, so the result does not depend on the number of threads.
void adamwStep(float* parameters, float* gradients, float* firstMoment, float* secondMoment, std::int64_t count,
               const AdamwSettings& settings);

/// Euclidean norm, summed in double in chunks of a fixed size and order: the same on any number of threads.
double gradientNorm(const float* gradients, std::int64_t count);

/// The factor that brings a gradient of this norm to at most maximumNorm, as clip_grad_norm_ of PyTorch: at most 1.
/// maximumNorm 0: 1.
double clipFactor(double norm, double maximumNorm);

} // namespace hilo::gpu
