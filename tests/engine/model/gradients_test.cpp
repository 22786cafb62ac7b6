// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixtures.h"

#include "formats/layer_modules.h"
#include "gpu/operators/cross_entropy.h"
#include "support/testing.h"

#include <cmath>

using namespace hilo;
using namespace hilo::testing;
using torch::Tensor;

namespace {

/// Adds a trainable bias to every module's output: the least that lets gradients flow into a frozen model.
class BiasAdapter : public ModuleAdapter
{
  public:
    explicit BiasAdapter(const ModelConfig& config)
    {
        torch::manual_seed(4);
        for (std::int64_t layer = 0; layer < config.layers; ++layer)
            for (const ModuleShape& shape : layerModules(config, 0))
                biases_.push_back((torch::randn({shape.out}) * 0.1).requires_grad_(true));
        modules_ = layerModules(config, 0).size();
    }

    void addTo(std::int64_t layer, std::span<const int> modules, const Tensor&, std::span<Tensor> outputs) override
    {
        for (std::size_t i = 0; i < modules.size(); ++i)
            outputs[i] = outputs[i] + bias(layer, modules[i]);
    }

    Tensor& bias(std::int64_t layer, int module)
    {
        return biases_[static_cast<std::size_t>(layer) * modules_ + static_cast<std::size_t>(module)];
    }
    std::vector<Tensor>& all() { return biases_; }

  private:
    std::vector<Tensor> biases_;
    std::size_t modules_ = 0;
};

PackedBatch labelled()
{
    PackedBatch batch = pack({{3, 9, 14, 20, 7, 8, 11}, {5, 6, 7}, {30, 31, 32, 33, 34, 35}});
    batch.labels = batch.tokens.roll(-1);
    batch.labels[6] = -100;
    batch.labels[9] = -100;
    batch.labels[15] = -100;
    return batch;
}

Tensor lossOf(const Decoder& decoder, const PackedBatch& batch, const ForwardOptions& options)
{
    gpu::CrossEntropyOptions loss;
    loss.logitSoftcap = decoder.config().logitSoftcap;
    return gpu::chunkedCrossEntropy(decoder.hidden(batch, options), decoder.outputWeight(), batch.labels, loss);
}

double lossValue(const Decoder& decoder, const PackedBatch& batch, const ForwardOptions& options)
{
    const torch::NoGradGuard noGradient;
    return lossOf(decoder, batch, options).item<double>();
}

} // namespace

HILO_TEST(gradientsEqualDifferenceQuotients)
{
    for (const std::string& name : fixtureModels()) {
        const auto decoder = loadFixture(name);
        BiasAdapter adapter(decoder->config());
        const PackedBatch batch = labelled();
        const ForwardOptions options{&adapter, nullptr, false};
        lossOf(*decoder, batch, options).backward();
        const int modules = static_cast<int>(layerModules(decoder->config(), 0).size());
        for (int module = 0; module < modules; ++module) {
            // Along the gradient itself, where the quotient is largest and so the most exact.
            const Tensor gradient = adapter.bias(1, module).grad().clone();
            const double norm = gradient.norm().item<double>();
            const double width = 2e-3;
            const Tensor direction = gradient * (width / norm);
            Tensor value = adapter.bias(1, module).detach();
            value.add_(direction);
            const double above = lossValue(*decoder, batch, options);
            value.sub_(direction * 2);
            const double below = lossValue(*decoder, batch, options);
            value.add_(direction);
            CHECK_NEAR((above - below) / (2 * width) / norm, 1, 0.02);
        }
    }
}

HILO_TEST(recomputedActivationsGiveTheSameGradients)
{
    for (const std::string& name : fixtureModels()) {
        const auto decoder = loadFixture(name);
        BiasAdapter kept(decoder->config());
        BiasAdapter recomputed(decoder->config());
        const PackedBatch batch = labelled();
        const Tensor loss = lossOf(*decoder, batch, {&kept, nullptr, false});
        const Tensor again = lossOf(*decoder, batch, {&recomputed, nullptr, true});
        CHECK_EQ(loss.item<float>(), again.item<float>());
        loss.backward();
        again.backward();
        for (std::size_t i = 0; i < kept.all().size(); ++i)
            CHECK(torch::equal(kept.all()[i].grad(), recomputed.all()[i].grad()));
    }
}

HILO_TEST(aTrainableModelLearns)
{
    const auto decoder = Decoder::random(loadFixture("llama")->config(), 1);
    CHECK(!decoder->parameters().empty());
    const PackedBatch batch = labelled();
    const double before = lossValue(*decoder, batch, {});
    CHECK_NEAR(before / 13, std::log(61), 0.3);
    for (int step = 0; step < 30; ++step) {
        for (auto& [name, parameter] : decoder->parameters())
            parameter.mutable_grad() = Tensor();
        lossOf(*decoder, batch, {}).backward();
        const torch::NoGradGuard noGradient;
        for (auto& [name, parameter] : decoder->parameters()) {
            CHECK(parameter.grad().defined());
            Tensor value = parameter;
            value.sub_(parameter.grad() * 0.03);
        }
    }
    CHECK(lossValue(*decoder, batch, {}) < 0.7 * before);
}

HILO_TEST(aTrainableModelsGradientsEqualDifferenceQuotients)
{
    for (const std::string& name : fixtureModels()) {
        const auto decoder = Decoder::random(loadFixture(name)->config(), 2);
        for (auto& [path, parameter] : decoder->parameters()) {
            const torch::NoGradGuard noGradient;
            torch::manual_seed(static_cast<std::uint64_t>(path.size()));
            Tensor value = parameter;
            value.add_(torch::randn_like(value) * 0.1);
        }
        const PackedBatch batch = labelled();
        lossOf(*decoder, batch, {}).backward();
        for (auto& [path, parameter] : decoder->parameters()) {
            const Tensor gradient = parameter.grad();
            const double norm = gradient.norm().item<double>();
            if (norm < 1e-2)
                continue;
            const torch::NoGradGuard noGradient;
            const Tensor direction = gradient * (2e-3 / norm);
            Tensor value = parameter;
            value.add_(direction);
            const double above = lossValue(*decoder, batch, {});
            value.sub_(direction * 2);
            const double below = lossValue(*decoder, batch, {});
            value.add_(direction);
            CHECK_NEAR((above - below) / 4e-3 / norm, 1, 0.03);
        }
    }
}
