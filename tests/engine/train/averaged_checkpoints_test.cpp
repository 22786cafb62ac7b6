// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/averaged_checkpoints.h"

#include "engine/base/tensor_file.h"
#include "engine/train/run_inputs.h"
#include "engine/train/train_run.h"
#include "run/checkpoints.h"
#include "tiny_run.h"

#include <atomic>
#include <map>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

TrainingSpec averaging(std::int64_t checkpoints, std::int64_t every)
{
    TrainingSpec training;
    training.variants.averageCheckpoints = checkpoints;
    training.checkpointEvery = every;
    return training;
}

const Json averagingRun{{"steps", 10},           {"checkpoint_every", 4}, {"checkpoint_minutes", 0},
                        {"keep_checkpoints", 1}, {"learning_rate", 0.03}, {"average_checkpoints", 3}};

} // namespace

HILO_TEST(theLastStepAndTheMultiplesBeforeItAreAveraged)
{
    using Steps = std::vector<std::int64_t>;
    CHECK(averagedSteps(averaging(3, 4), 10) == (Steps{10, 8, 4}));
    CHECK(averagedSteps(averaging(3, 4), 12) == (Steps{12, 8, 4}));
    CHECK(averagedSteps(averaging(9, 4), 10) == (Steps{10, 8, 4}));
    CHECK(averagedSteps(averaging(2, 100), 10) == (Steps{10}));
    // Whatever step a run ends at, what it averages has been kept until then.
    for (std::int64_t checkpoints = 2; checkpoints < 5; ++checkpoints)
        for (std::int64_t end = 1; end < 40; ++end)
            for (const std::int64_t step : averagedSteps(averaging(checkpoints, 4), end))
                for (std::int64_t now = step; now <= end && step != end; ++now)
                    CHECK(isAveragedLater(averaging(checkpoints, 4), step, now));
    CHECK(!isAveragedLater(averaging(1, 4), 8, 8));
    CHECK(!isAveragedLater(averaging(3, 4), 9, 10));
    CHECK(!isAveragedLater(averaging(3, 4), 8, 20));
}

HILO_TEST(theAdapterIsTheMeanAndTheResultIsItsOwn)
{
    const TinyRun tiny(averagingRun);
    const fs::path run = tiny.run("run");
    const RunSpec spec = REQUIRE_OK(readRunSpec(tiny.spec()));
    REQUIRE_OK(startRun(spec, run, {}));
    const Json finished = eventsOf(run, "finished").at(0);
    CHECK_EQ(finished["selected"].get<std::string>(), "average");
    CHECK_EQ(finished["averaged_steps"].dump(), "[10,8,4]");
    const Json adapter = REQUIRE_OK(readJsonFile(run / "adapter/adapter.json"));
    CHECK_EQ(adapter["selected"].get<std::string>(), "average");
    CHECK(!adapter.contains("value"));
    std::map<std::string, torch::Tensor> mean;
    for (const int step : {4, 8, 10})
        for (const auto& [name, tensor] :
             REQUIRE_OK(readTensorFile(run / "checkpoints" / ("step-" + std::to_string(step)) / "adapter.safetensors"))
                 .tensors) {
            const torch::Tensor third = tensor.to(torch::kFloat64) / 3;
            mean[name] = mean.contains(name) ? mean[name] + third : third;
        }
    std::size_t differing = 0;
    const auto last = REQUIRE_OK(readTensorFile(run / "checkpoints/step-10/adapter.safetensors")).tensors;
    const auto kept = REQUIRE_OK(readTensorFile(run / "adapter/adapter.safetensors")).tensors;
    CHECK_EQ(kept.size(), last.size());
    for (const auto& [name, tensor] : kept) {
        CHECK_NEAR((tensor.to(torch::kFloat64) - mean.at(name)).abs().max().item<double>(), 0, 1e-7);
        differing += !torch::equal(last.at(name), tensor);
    }
    CHECK(differing > 0);
}

HILO_TEST(aStoppedRunEndsWithTheSameMean)
{
    const TinyRun tiny(averagingRun);
    const RunSpec spec = REQUIRE_OK(readRunSpec(tiny.spec()));
    const fs::path whole = tiny.run("whole"), stopped = tiny.run("stopped");
    REQUIRE_OK(startRun(spec, whole, {}));
    // Stops write checkpoints of their own, which must not push out what is averaged.
    for (const std::int64_t step : {5, 6, 9}) {
        std::atomic<bool> flag{false};
        const Progress progress(
            [&](const ProgressReport& report) {
                if (report.what == "Training" && report.done >= step)
                    flag = true;
            },
            &flag);
        const auto outcome = step == 5 ? startRun(spec, stopped, progress) : continueRun(stopped, progress, false);
        CHECK(outcome && !outcome->finished);
    }
    REQUIRE_OK(continueRun(stopped, {}, false));
    CHECK(adapterBytes(stopped) == adapterBytes(whole));
}

HILO_TEST(aCheckpointThatIsGoneIsNamed)
{
    const TinyRun tiny(averagingRun);
    const RunSpec spec = REQUIRE_OK(readRunSpec(tiny.spec()));
    const fs::path run = tiny.run("run");
    REQUIRE_OK(startRun(spec, run, {}));
    fs::remove_all(run / "checkpoints/step-8");
    const RunInputs inputs = REQUIRE_OK(readRunInputs(spec, {}));
    const Error error = REQUIRE_ERROR(averagedAdapter(run, {10, 8, 4}, inputs.model.config, torch::kCPU));
    CHECK(error.code == ErrorCode::BadInput);
    CHECK_CONTAINS(describe(error), "step-8");
}
