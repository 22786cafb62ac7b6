// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/embedding_noise.h"
#include "tiny_steps.h"

#include "engine/adapter/reference.h"
#include "support/testing.h"

#include <cmath>

using namespace hilo;
using namespace hilo::testing;
using torch::Tensor;

namespace {

/// The loss of each of the first steps, and the adapter they end with.
std::pair<std::vector<double>, Tensor> train(double alpha, std::int64_t seed = 1, bool recompute = false)
{
    const ModelConfig model = tinyStepsModel();
    torch::manual_seed(4);
    const std::shared_ptr<Decoder> decoder = Decoder::randomFrozen(model, torch::kFloat32, torch::kCPU);
    TrainingSpec training = tinyStepsTraining(3);
    training.variants.neftuneAlpha = alpha;
    training.activationCheckpointing = recompute;
    training.seed = seed;
    const auto adapter =
        MixtureAdapter::create(model, uniformMap(model, {{2, 3}, 2, 8, 0}), adapterSettings(training), torch::kCPU);
    randomiseParameters(*adapter, 6);
    Trainer trainer(decoder, adapter, tinyStepsRows(model.vocabulary), training);
    std::vector<double> losses;
    for (int step = 0; step < 3; ++step)
        losses.push_back(trainer.step().loss);
    return {losses, adapter->parameters().detach().clone()};
}

} // namespace

HILO_TEST(noiseIsUniformWithinAlphaOverTheRootOfARowsSize)
{
    constexpr std::int64_t hidden = 64;
    constexpr double alpha = 5;
    const std::vector<std::int64_t> starts{0, 100, 107, 407};
    const Tensor noise = embeddingNoise(starts, hidden, alpha, {1, 7, 0});
    CHECK_EQ(noise.size(0), 407);
    CHECK_EQ(noise.size(1), hidden);
    for (std::size_t row = 0; row + 1 < starts.size(); ++row) {
        const std::int64_t length = starts[row + 1] - starts[row];
        const Tensor of = noise.narrow(0, starts[row], length).to(torch::kFloat64);
        const double bound = alpha / std::sqrt(static_cast<double>(length * hidden));
        const double largest = of.abs().max().item<double>();
        CHECK(largest <= bound * (1 + 1e-6));
        CHECK(largest > bound * 0.97);
        // A uniform number has the variance bound^2 / 3 and the mean 0, both within five standard errors.
        const auto count = static_cast<double>(of.numel());
        CHECK_NEAR(of.mean().item<double>() / bound, 0, 5 * std::sqrt(1 / (3 * count)));
        CHECK_NEAR(of.square().mean().item<double>() / (bound * bound), 1.0 / 3, 5 * std::sqrt(4 / (45 * count)));
    }
}

HILO_TEST(noiseDependsOnItsPlaceAlone)
{
    const std::vector<std::int64_t> starts{0, 9, 20};
    const Tensor one = embeddingNoise(starts, 8, 5, {1, 2, 3});
    CHECK(torch::equal(one, embeddingNoise(starts, 8, 5, {1, 2, 3})));
    for (const NoisePlace& other : {NoisePlace{2, 2, 3}, NoisePlace{1, 3, 3}, NoisePlace{1, 2, 4}})
        CHECK(!torch::equal(one, embeddingNoise(starts, 8, 5, other)));
    CHECK_EQ(embeddingNoise({}, 8, 5, {}).numel(), 0);
}

HILO_TEST(trainingHearsItAndDrawsTheSameAgain)
{
    const auto [quiet, quietWeights] = train(0);
    const auto [noisy, noisyWeights] = train(20);
    const auto [again, weightsAgain] = train(20);
    CHECK(quiet[0] != noisy[0]);
    CHECK(torch::equal(noisyWeights, weightsAgain));
    CHECK(noisy == again);
    CHECK(!torch::equal(noisyWeights, quietWeights));
    // What is run again in the backward pass has the same noise.
    const auto [recomputed, recomputedWeights] = train(20, 1, true);
    CHECK_NEAR((recomputedWeights - noisyWeights).abs().max().item<double>(), 0, 1e-5);
}
