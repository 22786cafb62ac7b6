// SPDX-License-Identifier: GPL-3.0-or-later
// Steps of one fixed shape (training.cuda_graph) against ordinary ones. The same program runs on the CPU, where nothing
// is recorded, and, with the label gpu, on a GPU, where all but the first micro-batches are replayed.
#include "tiny_run.h"
#include "tiny_steps.h"

#include "engine/adapter/reference.h"
#include "engine/train/train_run.h"
#include "engine/train/trainer.h"
#include "gpu/device_under_test.h"

#include <algorithm>
#include <atomic>

using namespace hilo;
using namespace hilo::testing;
using torch::Tensor;

namespace {

struct Variant
{
    bool packing = false;
    std::int64_t accumulation = 1;
    double auxiliaryLoss = 0;
    RouterKind router = RouterKind::TopK;
    LossOn lossOn = LossOn::Answer;
    double promptDropout = 0;
};

struct Trained
{
    std::vector<StepReport> steps;
    Tensor parameters;
    Tensor moved; ///< how far each of them has come
    std::vector<ExpertLoad> loads;
    bool replayed = false;
};

Trained train(const Variant& variant, bool fixed, torch::Device device)
{
    const ModelConfig model = tinyStepsModel();
    torch::manual_seed(4);
    const std::shared_ptr<Decoder> decoder =
        Decoder::randomFrozen(model, device.is_cuda() ? torch::kBFloat16 : torch::kFloat32, device);
    TrainingSpec training = tinyStepsTraining(7);
    training.packing = variant.packing;
    training.accumulation = variant.accumulation;
    training.auxiliaryLoss = variant.auxiliaryLoss;
    training.router = variant.router;
    training.lossOn = variant.lossOn;
    training.promptDropout = variant.promptDropout;
    training.cudaGraph = fixed;
    ModuleAllocation module{{2, 3, 4}, 2, 8, variant.router == RouterKind::TopKNull ? 2 : 0};
    const auto adapter = MixtureAdapter::create(model, uniformMap(model, module), adapterSettings(training), device);
    randomiseParameters(*adapter, 6);
    // Small, so that rounding does not grow from step to step.
    adapter->parameters().detach().mul_(0.3);
    const Tensor before = adapter->parameters().detach().clone();
    Trainer trainer(decoder, adapter, tinyStepsRows(model.vocabulary), training);
    Trained result;
    for (std::int64_t step = 0; step < training.steps; ++step) {
        result.steps.push_back(trainer.step());
        // As after an evaluation in between.
        if (step == 4)
            adapter->startEvaluation();
    }
    result.parameters = adapter->parameters().detach().to(torch::kCPU).clone();
    result.moved = (adapter->parameters().detach() - before).abs().to(torch::kCPU);
    result.loads = adapter->takeExpertLoads();
    result.replayed = trainer.replays();
    return result;
}

void compare(const Variant& variant, torch::Device device)
{
    // In bfloat16 sums of another length round otherwise. On a CPU that gave, at most: losses 4e-4 apart, gradient
    // norms 4e-2, parameters in the mean 1e-2 of their way, loads 1e-2.
    const bool exact = device.is_cpu();
    const Trained plain = train(variant, false, device);
    const Trained fixed = train(variant, true, device);
    CHECK(!plain.replayed);
    CHECK_EQ(fixed.replayed, device.is_cuda());
    for (std::size_t i = 0; i < plain.steps.size(); ++i) {
        const StepReport& expected = plain.steps[i];
        const StepReport& actual = fixed.steps[i];
        CHECK_EQ(actual.tokens, expected.tokens);
        CHECK_NEAR(actual.loss, expected.loss, exact ? 1e-5 : 0.02 * expected.loss);
        CHECK_NEAR(actual.auxiliaryLoss, expected.auxiliaryLoss, exact ? 1e-5 : 0.02 * expected.auxiliaryLoss);
        CHECK_EQ(expected.auxiliaryLoss > 0, variant.auxiliaryLoss > 0);
        CHECK_NEAR(actual.gradientNorm / expected.gradientNorm, 1, exact ? 1e-5 : 0.1);
    }
    CHECK(plain.moved.max().item<double>() > 0.005);
    const Tensor apart = (fixed.parameters - plain.parameters).abs();
    if (exact)
        CHECK_NEAR(apart.max().item<double>(), 0, 1e-6);
    else
        CHECK(apart.mean().item<double>() < 0.1 * plain.moved.mean().item<double>());
    CHECK_EQ(fixed.loads.size(), plain.loads.size());
    CHECK_EQ(fixed.loads.size(), 14u);
    for (std::size_t i = 0; i < plain.loads.size(); ++i)
        for (std::size_t expert = 0; expert < plain.loads[i].load.size(); ++expert) {
            CHECK_NEAR(fixed.loads[i].load[expert], plain.loads[i].load[expert], exact ? 1e-9 : 0.05);
            CHECK_NEAR(fixed.loads[i].weight[expert], plain.loads[i].weight[expert], exact ? 1e-5 : 0.05);
        }
}

} // namespace

HILO_TEST(stepsOfOneShapeEqualOrdinaryOnes)
{
    const torch::Device device = deviceUnderTest();
    for (const bool packing : {false, true})
        for (const std::int64_t accumulation : {1, 3})
            for (const LossOn lossOn : {LossOn::Answer, LossOn::WholeText})
                compare({packing, accumulation, 0, RouterKind::TopK, lossOn, 0}, device);
}

HILO_TEST(paddingDoesNotWeighInTheAuxiliaryLoss)
{
    const torch::Device device = deviceUnderTest();
    for (const bool packing : {false, true})
        for (const RouterKind router : {RouterKind::TopK, RouterKind::TopKNull})
            compare({packing, 2, 0.5, router, LossOn::Answer, 0}, device);
}

HILO_TEST(promptsThatLoseTokensAreOfTheSameShape)
{
    compare({false, 2, 0.1, RouterKind::TopK, LossOn::Answer, 0.4}, deviceUnderTest());
}

HILO_TEST(denseRoutersTrainInOneShape)
{
    compare({true, 2, 0, RouterKind::Dense, LossOn::WholeText, 0}, deviceUnderTest());
}

HILO_TEST(aRunOfOneShapeIsEvaluatedStoppedAndResumed)
{
    if (deviceUnderTest().is_cuda())
        SKIP("runs on the CPU only");
    const Json settings = {{"dropout", 0}, {"auxiliary_loss", 0.02}, {"checkpoint_every", 0}, {"epsilon", 1e-4}};
    Json graph = settings;
    graph["cuda_graph"] = true;
    const TinyRun plain(settings);
    const TinyRun fixed(graph);
    const auto start = [](const TinyRun& tiny, const std::string& name, const Progress& progress) {
        RunSpec spec = REQUIRE_OK(readRunSpec(tiny.spec()));
        spec.evaluation.every = 3;
        return REQUIRE_OK(startRun(spec, tiny.run(name), progress));
    };
    start(plain, "run", {});
    start(fixed, "run", {});
    checkSameAdapter(fixed.run("run"), plain.run("run"), 2e-5);
    const auto steps = eventsOf(plain.run("run"), "step");
    const auto fixedSteps = eventsOf(fixed.run("run"), "step");
    CHECK_EQ(fixedSteps.size(), steps.size());
    for (std::size_t i = 0; i < steps.size(); ++i)
        for (const char* key : {"loss", "auxiliary_loss"}) {
            // Padded products add in another order, and some builds of LibTorch with other kernels.
            const double plainValue = steps[i][key].get<double>();
            CHECK_NEAR(fixedSteps[i][key].get<double>(), plainValue, 1e-5 * std::max(1.0, plainValue));
        }
    const auto routing = eventsOf(plain.run("run"), "routing");
    const auto fixedRouting = eventsOf(fixed.run("run"), "routing");
    CHECK_EQ(fixedRouting.size(), routing.size());
    for (std::size_t i = 0; i < routing.size(); ++i)
        for (std::size_t module = 0; module < routing[i]["modules"].size(); ++module)
            CHECK_NEAR(fixedRouting[i]["modules"][module]["load"][0].get<double>(),
                       routing[i]["modules"][module]["load"][0].get<double>(), 1e-9);

    std::atomic<bool> cancelled{false};
    const Progress progress(
        [&](const ProgressReport& report) {
            if (report.what == "Training" && report.done >= 5)
                cancelled = true;
        },
        &cancelled);
    CHECK(!start(fixed, "parts", progress).finished);
    CHECK(REQUIRE_OK(continueRun(fixed.run("parts"), {})).finished);
    CHECK(adapterBytes(fixed.run("parts")) == adapterBytes(fixed.run("run")));
}
