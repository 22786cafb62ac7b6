// SPDX-License-Identifier: GPL-3.0-or-later
// Routers that learn at another rate than the experts (training.router_learning_rate_factor).
#include "tiny_steps.h"

#include "engine/adapter/layout.h"
#include "engine/adapter/reference.h"
#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;
using torch::Tensor;

namespace {

const ModuleAllocation mixed{{2, 3, 4}, 2, 8, 0};

/// What the parameters are before, and after each step.
std::vector<Tensor> train(double factor, std::int64_t steps, double weightDecay = 0)
{
    const ModelConfig model = tinyStepsModel();
    torch::manual_seed(4);
    const std::shared_ptr<Decoder> decoder = Decoder::randomFrozen(model, torch::kFloat32, torch::kCPU);
    TrainingSpec training = tinyStepsTraining(steps);
    training.learningRate = 0.01;
    training.schedule = Schedule::Constant;
    training.weightDecay = weightDecay;
    training.clipNorm = 0.1;
    training.routerLearningRateFactor = factor;
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
    for (const ParameterStretch& stretch : adapter->stretches())
        if (stretch.ofRouters == ofRouters)
            parts.push_back(parameters.narrow(0, stretch.begin, stretch.size));
    return torch::cat(parts);
}

} // namespace

HILO_TEST(stretchesAreTheRoutersAndWhatIsBetweenThem)
{
    const ModelConfig model = tinyStepsModel();
    AllocationMap map = uniformMap(model, mixed);
    for (const char* name : {"q_proj", "k_proj", "v_proj"}) // a group without a router
        map.layers[1][name].ranks = {3};
    map.layers[0].erase("down_proj");
    const AdapterLayout layout = layOutAdapter(model, map, {});
    const std::vector<ParameterStretch> stretches = parameterStretches(layout);
    std::int64_t end = 0;
    for (std::size_t i = 0; i < stretches.size(); ++i) {
        CHECK_EQ(stretches[i].begin, end);
        CHECK(stretches[i].size > 0);
        CHECK(i == 0 || stretches[i].ofRouters != stretches[i - 1].ofRouters);
        end += stretches[i].size;
    }
    CHECK_EQ(end, layout.parameters);
    int routers = 0;
    for (const TensorPlace& place : tensorPlaces(layout)) {
        const bool isRouter = place.name.ends_with("router.weight");
        routers += isRouter;
        for (const ParameterStretch& stretch : stretches)
            if (place.offset >= stretch.begin && place.offset < stretch.begin + stretch.size) {
                CHECK_EQ(stretch.ofRouters, isRouter);
                if (isRouter)
                    CHECK(place.offset + place.rows * place.rowLength <= stretch.begin + stretch.size);
            }
    }
    CHECK_EQ(routers, 10);
    // Plain LoRA has no routers.
    const AdapterLayout plain = layOutAdapter(model, uniformMap(model, {{4}, 1, 8, 0}), {});
    const std::vector<ParameterStretch> whole = parameterStretches(plain);
    CHECK_EQ(whole.size(), 1u);
    CHECK_EQ(whole[0].size, plain.parameters);
}

HILO_TEST(aTenthOfTheRateIsATenthOfTheWay)
{
    const std::vector<Tensor> usual = train(1, 1);
    const std::vector<Tensor> slow = train(0.1, 1);
    const std::vector<Tensor> fast = train(4, 1);
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
    const std::vector<Tensor> steps = train(0, 5, 0.1);
    CHECK(torch::equal(valuesOf(steps.back(), true), valuesOf(steps.front(), true)));
    CHECK((valuesOf(steps.back(), false) - valuesOf(steps.front(), false)).abs().max().item<double>() > 0.01);
}
