// SPDX-License-Identifier: GPL-3.0-or-later
// Training over numbers that become infinite: said with step and place, and nothing good is replaced.
#include "tiny_run.h"

#include "engine/base/tensor_file.h"
#include "engine/train/run_inputs.h"
#include "engine/train/train_run.h"
#include "run/checkpoints.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <set>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

/// Makes a model of finite weights whose first layer overflows for one row of the training data, and for nothing else:
/// the other tokens have 0 where the weights of q_proj are huge.
void spoilForOneRow(const TinyRun& tiny)
{
    const RunInputs inputs = REQUIRE_OK(readRunInputs(REQUIRE_OK(readRunSpec(tiny.spec())), {}));
    std::map<std::int64_t, int> rows;
    for (const TokenisedExample& example : inputs.training)
        for (const std::int64_t token : std::set<std::int64_t>(example.tokens.begin(), example.tokens.end() - 1))
            ++rows[token];
    for (const TokenisedExample& example : inputs.tasks[0].final->tokenised)
        for (const auto token : example.tokens)
            rows[token] += 2;
    const auto rare = std::find_if(rows.begin(), rows.end(), [](const auto& row) { return row.second == 1; });
    CHECK(rare != rows.end());
    const fs::path file = tiny.folder() / "model/model.safetensors";
    std::vector<NamedTensor> tensors;
    for (auto [name, values] : REQUIRE_OK(readTensorFile(file)).tensors) {
        torch::Tensor copy = values.clone();
        if (name.ends_with("embed_tokens.weight")) {
            copy.select(1, 0).zero_();
            copy[rare->first].zero_();
            copy[rare->first][0] = 1000;
        }
        if (name.ends_with("layers.0.self_attn.q_proj.weight"))
            copy.select(1, 0).fill_(3e38);
        tensors.push_back({name, copy});
    }
    REQUIRE_OK(writeTensorFile(file, tensors));
}

} // namespace

HILO_TEST(theFirstPlaceThatIsNotFiniteIsNamed)
{
    const TinyRun tiny(Json{{"steps", 40}, {"checkpoint_every", 1}});
    spoilForOneRow(tiny);
    const Error error = REQUIRE_ERROR(startRun(REQUIRE_OK(readRunSpec(tiny.spec())), tiny.run("run"), {}));
    CHECK_CONTAINS(error.message, "is not finite at step ");
    CHECK_CONTAINS(error.message, "the input of o_proj in layer 0");
    CHECK_EQ(eventsOf(tiny.run("run"), "failed").at(0)["message"].get<std::string>(), error.message);
    // Every checkpoint is of the steps before.
    const auto steps = eventsOf(tiny.run("run"), "step").size();
    CHECK_CONTAINS(error.message, "step " + std::to_string(steps + 1) + ";");
    CHECK(newestCheckpointStep(tiny.run("run")) <= static_cast<std::int64_t>(steps));
}

HILO_TEST(theOptimiserIsNotBlamedForAModelThatOverflowsFromTheBeginning)
{
    const TinyRun tiny;
    const fs::path file = tiny.folder() / "model/model.safetensors";
    std::vector<NamedTensor> tensors;
    for (auto [name, values] : REQUIRE_OK(readTensorFile(file)).tensors)
        tensors.push_back({name, name == "model.norm.weight" ? torch::full_like(values, 3e38) : values.clone()});
    REQUIRE_OK(writeTensorFile(file, tensors));
    const Error error = REQUIRE_ERROR(startRun(REQUIRE_OK(readRunSpec(tiny.spec())), tiny.run("run"), {}));
    CHECK_CONTAINS(error.message, "is not finite at step 1;");
    CHECK_CONTAINS(error.hint, "another dtype");
    CHECK(error.hint.find("learning_rate") == std::string::npos);
}

HILO_TEST(oneProcessesNumbersThatAreNotFiniteEndBoth)
{
    const TinyRun tiny(Json{{"steps", 40}, {"accumulation", 1}});
    spoilForOneRow(tiny);
    const ProcessResult result = runProcess({std::string(HILO_BINARY_DIR) + "/hilo", "train", tiny.spec().string(),
                                             "--out", tiny.run("run").string(), "--devices", "cpu,cpu"});
    if (result.errors.find("on GPUs only") != std::string::npos)
        SKIP("this build trains in parallel on GPUs only");
    CHECK_EQ(result.exitCode, 5);
    CHECK_CONTAINS(result.errors, "is not finite at step ");
    CHECK_CONTAINS(eventsOf(tiny.run("run"), "failed").at(0)["message"].get<std::string>(), "is not finite at step ");
}

HILO_TEST(noCheckpointIsWrittenOfWeightsThatAreNotFinite)
{
    // A GPU is not asked after every step whether its numbers are finite. Here the loss still is, and the weights are
    // spoilt by the optimiser.
    const TinyRun tiny(Json{{"steps", 6}, {"checkpoint_every", 1}});
    std::atomic<bool> flag{false};
    const Progress progress(
        [&flag](const ProgressReport& report) { flag = report.what == "Training" && report.done >= 2; }, &flag);
    CHECK(!REQUIRE_OK(startRun(REQUIRE_OK(readRunSpec(tiny.spec())), tiny.run("run"), progress)).finished);
    const fs::path checkpoint = tiny.run("run") / "checkpoints/step-2";
    std::vector<NamedTensor> moments;
    for (auto [name, values] : REQUIRE_OK(readTensorFile(checkpoint / "optimiser.safetensors")).tensors)
        moments.push_back({name, name == "first_moment" ? torch::full_like(values, INFINITY) : values.clone()});
    REQUIRE_OK(writeTensorFile(checkpoint / "optimiser.safetensors", moments));
    fs::remove(checkpoint / "manifest.json");
    REQUIRE_OK(writeManifest(checkpoint, 2));
    CHECK_CONTAINS(REQUIRE_ERROR(continueRun(tiny.run("run"), {})).message, "The weights are not finite at step 3");
    CHECK_EQ(newestCheckpointStep(tiny.run("run")), 2);
}
