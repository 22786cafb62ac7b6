// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gpu/kernels/portable.h"

#include <cmath>

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

/// Everything of an AdamW update that is the same for all parameters; the gradient's factor is found on the device.
struct AdamwConstants
{
    float decay = 1;
    float beta1 = 0.9f;
    float beta2 = 0.999f;
    float rest1 = 0.1f;
    float rest2 = 0.001f;
    float stepSize = 0;
    float inverseRoot = 1;
    float epsilon = 1e-8f;
};

inline AdamwConstants adamwConstants(const AdamwSettings& settings)
{
    const double correction1 = 1 - std::pow(settings.beta1, static_cast<double>(settings.step));
    const double correction2 = 1 - std::pow(settings.beta2, static_cast<double>(settings.step));
    AdamwConstants constants;
    constants.decay = static_cast<float>(1 - settings.learningRate * settings.weightDecay);
    constants.beta1 = static_cast<float>(settings.beta1);
    constants.beta2 = static_cast<float>(settings.beta2);
    constants.rest1 = static_cast<float>(1 - settings.beta1);
    constants.rest2 = static_cast<float>(1 - settings.beta2);
    constants.stepSize = static_cast<float>(settings.learningRate / correction1);
    constants.inverseRoot = static_cast<float>(1 / std::sqrt(correction2));
    constants.epsilon = static_cast<float>(settings.epsilon);
    return constants;
}

/// Decoupled weight decay Adam (1711.05101) of one parameter, in the order of operations of torch::optim::AdamW.
HILO_PORTABLE inline float adamwElement(const AdamwConstants& constants, float parameter, float slope, float& first,
                                        float& second)
{
    first = constants.beta1 * first + constants.rest1 * slope;
    second = constants.beta2 * second + constants.rest2 * slope * slope;
    return constants.decay * parameter -
           constants.stepSize * first / (std::sqrt(second) * constants.inverseRoot + constants.epsilon);
}

/// The factor that brings a gradient of this norm to at most maximum, as clip_grad_norm_ of PyTorch: at most 1.
/// maximum 0: 1.
HILO_PORTABLE inline double clipFactor(double norm, double maximum)
{
    if (maximum <= 0)
        return 1;
    const double factor = maximum / (norm + 1e-6);
    return factor < 1 ? factor : 1.0;
}

} // namespace hilo::gpu
