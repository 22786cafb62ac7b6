// SPDX-License-Identifier: GPL-3.0-or-later
// The same training by the operators for the CPU and by those for CUDA, whose kernels run on the emulated device.
#include "tiny_steps.h"

#include "engine/adapter/reference.h"
#include "gpu/emulated/operators.h"
#include "gpu/emulated/threads.h"
#include "support/testing.h"

#include <numeric>

using namespace hilo;
using namespace hilo::testing;
using torch::Tensor;

namespace {

struct Variant
{
    RouterKind router = RouterKind::TopK;
    double auxiliaryLoss = 0;
    double dropout = 0;
    bool fixedShape = false;
};

const std::vector<Variant> variants{
    {},
    {RouterKind::TopKNull, 0.1, 0, false},
    {RouterKind::Dense, 0, 0.1, false},
    {RouterKind::TopP, 0.1, 0.1, false},
    {RouterKind::TopK, 0.1, 0.1, true},
};

struct Trained
{
    std::vector<double> losses;
    std::vector<double> norms;
    Tensor parameters;
    Tensor moved; ///< how far each of them has come
    std::vector<ExpertLoad> loads;
};

Trained train(const Variant& variant, torch::Dtype type, std::int64_t steps)
{
    const ModelConfig model = tinyStepsModel();
    torch::manual_seed(4);
    const std::shared_ptr<Decoder> decoder = Decoder::randomFrozen(model, type, torch::kCPU);
    TrainingSpec training = tinyStepsTraining(steps);
    training.accumulation = 2;
    training.router = variant.router;
    training.auxiliaryLoss = variant.auxiliaryLoss;
    training.dropout = variant.dropout;
    training.cudaGraph = variant.fixedShape;
    const ModuleAllocation module{{2, 3, 4}, 2, 8, variant.router == RouterKind::TopKNull ? 2 : 0};
    const auto adapter =
        MixtureAdapter::create(model, uniformMap(model, module), adapterSettings(training), torch::kCPU);
    randomiseParameters(*adapter, 6);
    // Small, so that rounding does not grow from step to step.
    adapter->parameters().detach().mul_(0.3);
    const Tensor before = adapter->parameters().detach().clone();
    Trainer trainer(decoder, adapter, tinyStepsRows(model.vocabulary), training);
    Trained result;
    for (std::int64_t step = 0; step < steps; ++step) {
        const StepReport report = trainer.step();
        result.losses.push_back(report.loss);
        result.norms.push_back(report.gradientNorm);
    }
    result.parameters = adapter->parameters().detach().clone();
    result.moved = (result.parameters - before).abs();
    result.loads = adapter->takeExpertLoads();
    return result;
}

constexpr std::int64_t fewSteps = 5;
constexpr std::int64_t manySteps = 30;

/// What the CPU gives; asked for before the emulated device is used, which stays for good.
struct OfTheCpu
{
    std::vector<Trained> few;
    Trained many;
};

const OfTheCpu& ofTheCpu()
{
    static const OfTheCpu results = [] {
        OfTheCpu made;
        const std::int64_t before = emulated::launches();
        for (const Variant& variant : variants)
            made.few.push_back(train(variant, torch::kFloat32, fewSteps));
        made.many = train({}, torch::kFloat32, manySteps);
        CHECK_EQ(emulated::launches(), before);
        emulated::useOperators();
        emulated::useOrder(emulated::Order::Backward);
        return made;
    }();
    return results;
}

} // namespace

HILO_TEST(stepsInFloat32AreTheCpus)
{
    const OfTheCpu& cpu = ofTheCpu();
    for (std::size_t i = 0; i < variants.size(); ++i) {
        const Trained& expected = cpu.few[i];
        const std::int64_t before = emulated::launches();
        const Trained actual = train(variants[i], torch::kFloat32, fewSteps);
        CHECK(emulated::launches() > before + 100);
        for (std::size_t step = 0; step < expected.losses.size(); ++step) {
            CHECK_NEAR(actual.losses[step], expected.losses[step], 1e-5);
            CHECK_NEAR(actual.norms[step] / expected.norms[step], 1, 1e-4);
        }
        CHECK(expected.moved.max().item<double>() > 0.005);
        CHECK_NEAR((actual.parameters - expected.parameters).abs().max().item<double>(), 0, 1e-5);
        CHECK_EQ(actual.loads.size(), expected.loads.size());
        for (std::size_t load = 0; load < expected.loads.size(); ++load)
            for (std::size_t expert = 0; expert < expected.loads[load].load.size(); ++expert)
                CHECK_NEAR(actual.loads[load].load[expert], expected.loads[load].load[expert], 1e-9);
    }
}

HILO_TEST(aBaseInBfloat16FollowsTheLossesOfFloat32)
{
    const Trained& expected = ofTheCpu().many;
    const Trained actual = train({}, torch::kBFloat16, manySteps);
    // Means of five steps: each has the losses of a dozen tokens.
    const auto meanOf = [](const std::vector<double>& losses, std::size_t first) {
        return std::accumulate(losses.begin() + static_cast<std::ptrdiff_t>(first),
                               losses.begin() + static_cast<std::ptrdiff_t>(first) + 5, 0.0) /
               5;
    };
    for (std::size_t first = 0; first + 5 <= expected.losses.size(); ++first)
        CHECK_NEAR(meanOf(actual.losses, first) / meanOf(expected.losses, first), 1, 0.02);
    CHECK(meanOf(expected.losses, expected.losses.size() - 5) < 0.98 * meanOf(expected.losses, 0));
}

HILO_TEST(theSameSeedGivesTheSameNumbers)
{
    ofTheCpu();
    const Variant variant{RouterKind::TopKNull, 0.1, 0.1, false};
    const Trained one = train(variant, torch::kBFloat16, fewSteps);
    emulated::useOrder(emulated::Order::Shuffled);
    const Trained other = train(variant, torch::kBFloat16, fewSteps);
    emulated::useOrder(emulated::Order::Backward);
    CHECK(one.losses == other.losses);
    CHECK(torch::equal(one.parameters, other.parameters));
}
