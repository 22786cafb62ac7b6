// SPDX-License-Identifier: GPL-3.0-or-later
#include "gpu/operators/adamw.h"

#include "gpu/operators/call.h"

#include <array>

namespace hilo::gpu {

using torch::Tensor;

Tensor gradientNorm(const Tensor& gradient)
{
    static const auto call = operatorOf<Tensor(const Tensor&)>("hilo::gradient_norm");
    return call.call(gradient);
}

void adamwStep(const Tensor& parameters, const Tensor& gradient, const Tensor& first, const Tensor& second,
               const AdamwSettings& settings, const Tensor& norm, double maximumNorm)
{
    static const auto call =
        operatorOf<void(const Tensor&, const Tensor&, const Tensor&, const Tensor&, const OptionalTensor&, double,
                        at::ArrayRef<double>, std::int64_t, bool)>("hilo::adamw_");
    const torch::NoGradGuard noGradient;
    const std::array<double, 6> values{settings.learningRate, settings.beta1,       settings.beta2,
                                       settings.epsilon,      settings.weightDecay, settings.gradientFactor};
    call.call(parameters.detach(), gradient, first, second, optional(norm), maximumNorm, values, settings.step,
              settings.clearGradients);
    // Whoever keeps a copy of the parameters in another type sees by the version that it is old.
    parameters.unsafeGetTensorImpl()->bump_version();
}

} // namespace hilo::gpu
