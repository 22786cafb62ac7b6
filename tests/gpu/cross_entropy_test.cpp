// SPDX-License-Identifier: GPL-3.0-or-later
#include <torch/torch.h>

#include "support/testing.h"

#include "gpu/chunked_loss.h"
#include "gpu/cross_entropy.h"

#include <cmath>

using namespace hilo;
using torch::Tensor;

namespace {

double largestDifference(const Tensor& a, const Tensor& b)
{
    return (a.to(torch::kFloat32) - b.to(torch::kFloat32)).abs().max().item<double>();
}

void compare(const torch::Dtype type, double softcap, std::int64_t logitBytes, bool someUnlabelled, double tolerance)
{
    torch::manual_seed(5);
    const Tensor weight = (torch::randn({301, 24}) * 0.8).to(type);
    const Tensor hidden = torch::randn({37, 24}).to(type).set_requires_grad(true);
    const Tensor expectedHidden = hidden.detach().to(torch::kFloat32).set_requires_grad(true);
    Tensor labels = torch::randint(301, {37}, torch::kInt64);
    if (someUnlabelled)
        labels.narrow(0, 4, 20).fill_(-100);
    gpu::ChunkedLossOptions options;
    options.logitSoftcap = softcap;
    options.logitBytes = logitBytes;
    const Tensor loss = gpu::chunkedCrossEntropy(hidden, weight, labels, options);
    Tensor logits = torch::mm(expectedHidden, weight.to(torch::kFloat32).t());
    if (softcap > 0)
        logits = softcap * torch::tanh(logits / softcap);
    const Tensor expected = torch::nn::functional::cross_entropy(
        logits, labels, torch::nn::functional::CrossEntropyFuncOptions().ignore_index(-100).reduction(torch::kSum));
    CHECK_NEAR(loss.item<double>(), expected.item<double>(), tolerance * expected.item<double>());
    (loss * 0.5).backward();
    (expected * 0.5).backward();
    CHECK_NEAR(largestDifference(hidden.grad(), expectedHidden.grad()), 0, tolerance * 3);
    const torch::NoGradGuard noGradient;
    CHECK_EQ(gpu::chunkedCrossEntropy(hidden, weight, labels, options).item<float>(), loss.item<float>());
}

} // namespace

HILO_TEST(equalsCrossEntropyWhateverTheChunks)
{
    for (const std::int64_t logitBytes : {1, 1 << 26})
        for (const double softcap : {0.0, 3.0})
            for (const bool someUnlabelled : {false, true})
                compare(torch::kFloat32, softcap, logitBytes, someUnlabelled, 2e-6);
}

HILO_TEST(bfloat16IsClose)
{
    compare(torch::kBFloat16, 0, 1 << 26, true, 0.01);
}

HILO_TEST(noLabelsGiveZeroLossAndGradient)
{
    const Tensor hidden = torch::randn({5, 8}).set_requires_grad(true);
    const Tensor loss = gpu::chunkedCrossEntropy(hidden, torch::randn({11, 8}), torch::full({5}, -100, torch::kInt64));
    loss.backward();
    CHECK_EQ(loss.item<double>(), 0.0);
    CHECK_EQ(hidden.grad().abs().max().item<double>(), 0.0);
}

HILO_TEST(extremeLogitsStayFinite)
{
    std::vector<float> logits{1e30f, -1e30f, 0, -200, -100, 0};
    const std::vector<std::int64_t> labels{0, 2};
    const double loss = gpu::crossEntropyRows(logits.data(), 2, 3, labels.data());
    CHECK_NEAR(loss, 0, 1e-12);
    for (const float gradient : logits)
        CHECK_NEAR(gradient, 0, 1e-12);
}

HILO_TEST(theExponentialIsAccurateOverItsRange)
{
    // Two logits: the gradient of the second is 1 / (1 + e^gap).
    for (double gap = 0; gap < 86; gap += 0.37) {
        std::vector<float> logits{0, static_cast<float>(-gap)};
        const std::vector<std::int64_t> labels{0};
        gpu::crossEntropyRows(logits.data(), 1, 2, labels.data());
        const double expected = 1 / (1 + std::exp(static_cast<double>(static_cast<float>(gap))));
        CHECK_NEAR(logits[1] / expected, 1, 1e-6);
    }
}
