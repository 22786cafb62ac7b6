// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testing.h"

#include "gpu/operators/adamw.h"

#include <torch/nn/utils/clip_grad.h>
#include <torch/optim/adamw.h>

using namespace hilo;
using torch::Tensor;

namespace {

double largestDifference(const Tensor& a, const Tensor& b)
{
    return (a - b).abs().max().item<double>();
}

} // namespace

HILO_TEST(stepsLikeTorchAdamw)
{
    for (const double weightDecay : {0.0, 0.1}) {
        torch::manual_seed(1);
        Tensor parameters = torch::randn({1003});
        Tensor expected = parameters.clone().set_requires_grad(true);
        Tensor first = torch::zeros({1003});
        Tensor second = torch::zeros({1003});
        torch::optim::AdamW optimiser({expected},
                                      torch::optim::AdamWOptions(0.01).betas({0.9, 0.99}).weight_decay(weightDecay));
        for (std::int64_t step = 1; step <= 20; ++step) {
            Tensor gradient = torch::randn({1003}) * (step % 3);
            expected.mutable_grad() = gradient.clone();
            optimiser.step();
            gpu::AdamwSettings settings;
            settings.learningRate = 0.01;
            settings.beta2 = 0.99;
            settings.weightDecay = weightDecay;
            settings.step = step;
            gpu::adamwStep(parameters, gradient, first, second, settings);
        }
        CHECK_NEAR(largestDifference(parameters, expected.detach()), 0, 2e-6);
    }
}

HILO_TEST(clippingAndClearingBelongToTheStep)
{
    torch::manual_seed(2);
    Tensor gradient = torch::randn({70000}) * 5;
    const double norm = gpu::gradientNorm(gradient).item<double>();
    CHECK_NEAR(norm, gradient.to(torch::kFloat64).norm().item<double>(), 1e-9 * norm);
    CHECK_EQ(gpu::clipFactor(norm, 0), 1.0);
    CHECK_EQ(gpu::clipFactor(0.5, 1.0), 1.0);
    CHECK_NEAR(gpu::clipFactor(4, 1), 0.25, 1e-6);

    Tensor clipped = gradient * gpu::clipFactor(norm, 1);
    Tensor parameters = torch::zeros({70000}), other = torch::zeros({70000});
    Tensor first = torch::zeros({70000}), otherFirst = torch::zeros({70000});
    Tensor second = torch::zeros({70000}), otherSecond = torch::zeros({70000});
    gpu::AdamwSettings settings;
    settings.epsilon = 1e-3; // else the size of the gradient cancels out
    gpu::adamwStep(other, clipped, otherFirst, otherSecond, settings);
    CHECK(clipped.abs().max().item<double>() > 0);
    settings.clearGradients = true;
    gpu::adamwStep(parameters, gradient, first, second, settings, gpu::gradientNorm(gradient), 1);
    CHECK_NEAR(largestDifference(parameters, other), 0, 1e-8);
    CHECK_EQ(gradient.abs().max().item<double>(), 0.0);
}

HILO_TEST(theNormOfAnEmptyGradientIsZero)
{
    CHECK_EQ(gpu::gradientNorm(torch::zeros({0})).item<double>(), 0.0);
}
