// SPDX-License-Identifier: GPL-3.0-or-later
// Routers, B and layers that learn at rates of their own (training.router_learning_rate_factor,
// lora_b_learning_rate_factor, layer_learning_rate_decay).
#include "engine/train/learning_rates.h"
#include "tiny_steps.h"

#include "engine/adapter/reference.h"
#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;
using torch::Tensor;

namespace {

const ModuleAllocation mixed{{2, 3, 4}, 2, 8, 0};

TrainingSpec rates(double ofRouters, double ofB = 1, double decay = 1)
{
    TrainingSpec training;
    training.routerLearningRateFactor = ofRouters;
    training.variants.loraBLearningRateFactor = ofB;
    training.variants.layerLearningRateDecay = decay;
    return training;
}

/// What the parameters are before, and after each step.
std::vector<Tensor> train(const TrainingSpec& wanted, std::int64_t steps, double weightDecay = 0)
{
    const ModelConfig model = tinyStepsModel();
    torch::manual_seed(4);
    const std::shared_ptr<Decoder> decoder = Decoder::randomFrozen(model, torch::kFloat32, torch::kCPU);
    TrainingSpec training = tinyStepsTraining(steps);
    training.learningRate = 0.01;
    training.schedule = Schedule::Constant;
    training.weightDecay = weightDecay;
    training.clipNorm = 0.1;
    training.routerLearningRateFactor = wanted.routerLearningRateFactor;
    training.variants = wanted.variants;
    const auto adapter =
        MixtureAdapter::create(model, uniformMap(model, mixed), adapterSettings(training), torch::kCPU);
    randomiseParameters(*adapter, 6);
    Trainer trainer(decoder, adapter, tinyStepsRows(model.vocabulary), training);
    std::vector<Tensor> result{adapter->parameters().detach().clone()};
    for (std::int64_t step = 0; step < steps; ++step) {
        trainer.step();
        result.push_back(adapter->parameters().detach().clone());
    }
    return result;
}

/// The routers' values, or all others.
Tensor valuesOf(const Tensor& parameters, bool ofRouters)
{
    const ModelConfig model = tinyStepsModel();
    const auto adapter = MixtureAdapter::create(model, uniformMap(model, mixed), {}, torch::kCPU);
    std::vector<Tensor> parts;
    for (const RateStretch& stretch : rateStretches(adapter->layout(), model.layers, rates(2)))
        if ((stretch.factor == 2) == ofRouters)
            parts.push_back(parameters.narrow(0, stretch.begin, stretch.size));
    return torch::cat(parts);
}

} // namespace

HILO_TEST(eachTensorLearnsAtItsRateInAsFewStretchesAsThereCanBe)
{
    const ModelConfig model = tinyStepsModel();
    AllocationMap map = uniformMap(model, mixed);
    for (const char* name : {"q_proj", "k_proj", "v_proj"}) // a group without a router
        map.layers[1][name].ranks = {3};
    map.layers[0].erase("down_proj");
    const AdapterLayout layout = layOutAdapter(model, map, {});
    for (const TrainingSpec& training : {rates(0.1), rates(1, 16), rates(1, 1, 0.5), rates(3, 5, 0.25), rates(1)}) {
        const std::vector<RateStretch> stretches = rateStretches(layout, model.layers, training);
        std::int64_t end = 0;
        for (std::size_t i = 0; i < stretches.size(); ++i) {
            CHECK_EQ(stretches[i].begin, end);
            CHECK(stretches[i].size > 0);
            CHECK(i == 0 || stretches[i].factor != stretches[i - 1].factor);
            end += stretches[i].size;
        }
        CHECK_EQ(end, layout.parameters);
        for (const TensorPlace& place : tensorPlaces(layout)) {
            const bool isLast = place.name.starts_with("layers.1.");
            const double expected = (place.name.ends_with("router.weight") ? training.routerLearningRateFactor
                                     : place.name.ends_with("lora_B")      ? training.variants.loraBLearningRateFactor
                                                                           : 1) *
                                    (isLast ? 1 : training.variants.layerLearningRateDecay);
            const std::int64_t last = place.offset + (place.rows - 1) * place.rowStride + place.rowLength;
            for (const RateStretch& stretch : stretches)
                if (place.offset >= stretch.begin && place.offset < stretch.begin + stretch.size) {
                    CHECK_EQ(stretch.factor, expected);
                    CHECK(last <= stretch.begin + stretch.size);
                }
        }
    }
    CHECK_EQ(rateStretches(layout, model.layers, rates(1)).size(), 1u);
    // Plain LoRA has no routers.
    const AdapterLayout plain = layOutAdapter(model, uniformMap(model, {{4}, 1, 8, 0}), {});
    CHECK_EQ(rateStretches(plain, model.layers, rates(0.1)).size(), 1u);
    CHECK(rateStretches(AdapterLayout{}, model.layers, rates(0.1)).empty());
}

HILO_TEST(aTenthOfTheRateIsATenthOfTheWay)
{
    const std::vector<Tensor> usual = train(rates(1), 1);
    const std::vector<Tensor> slow = train(rates(0.1), 1);
    const std::vector<Tensor> fast = train(rates(4), 1);
    CHECK(torch::equal(valuesOf(slow[1], false), valuesOf(usual[1], false)));
    const Tensor way = valuesOf(usual[1], true) - valuesOf(usual[0], true);
    CHECK(way.abs().max().item<double>() > 0.005);
    for (const auto& [other, factor] : {std::pair(slow, 0.1), {fast, 4.0}}) {
        const Tensor found = valuesOf(other[1], true) - valuesOf(other[0], true);
        CHECK_NEAR((found - way * factor).abs().max().item<double>(), 0, 1e-6);
    }
}

HILO_TEST(atZeroRoutersStayAsDrawnWhateverElseLearns)
{
    const std::vector<Tensor> steps = train(rates(0), 5, 0.1);
    CHECK(torch::equal(valuesOf(steps.back(), true), valuesOf(steps.front(), true)));
    CHECK((valuesOf(steps.back(), false) - valuesOf(steps.front(), false)).abs().max().item<double>() > 0.01);
}

HILO_TEST(stepsOfBAndOfLowerLayersHaveTheirLengths)
{
    const ModelConfig model = tinyStepsModel();
    const auto adapter = MixtureAdapter::create(model, uniformMap(model, mixed), {}, torch::kCPU);
    const std::vector<Tensor> usual = train(rates(1), 1);
    const Tensor way = usual[1] - usual[0];
    for (const TrainingSpec& training : {rates(1, 8), rates(1, 1, 0.5), rates(0.5, 4, 0.25)}) {
        const std::vector<Tensor> other = train(training, 1);
        const Tensor found = other[1] - other[0];
        for (const RateStretch& stretch : rateStretches(adapter->layout(), model.layers, training)) {
            const auto part = [&stretch](const Tensor& all) { return all.narrow(0, stretch.begin, stretch.size); };
            CHECK_NEAR((part(found) - part(way) * stretch.factor).abs().max().item<double>(), 0, 2e-6);
        }
    }
}
