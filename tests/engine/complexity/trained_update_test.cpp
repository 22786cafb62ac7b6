// SPDX-License-Identifier: GPL-3.0-or-later
// Signals of a trained adapter: what its update is made of, and what allocation makes of that.
#include "engine/train/tiny_run.h"

#include "allocation/map.h"
#include "engine/complexity/expert_distance.h"
#include "engine/complexity/trained_update.h"
#include "engine/train/train_run.h"
#include "formats/layer_modules.h"
#include "formats/model_source.h"
#include "run/run_spec.h"

#include <cmath>
#include <functional>

using namespace hilo;
using namespace hilo::testing;
using torch::Tensor;

namespace {

const std::string hiloProgram = HILO_BINARY_DIR "/hilo";

/// Of `values`, each along an axis of its own: B A has exactly these singular values.
ExpertUpdate updateOf(const std::vector<double>& values, std::int64_t in, std::int64_t out, double sign = 1)
{
    const auto rank = static_cast<std::int64_t>(values.size());
    ExpertUpdate update{torch::zeros({rank, in}, torch::kFloat64), torch::zeros({out, rank}, torch::kFloat64)};
    for (std::int64_t i = 0; i < rank; ++i) {
        update.a[i][in - 1 - i] = 1;
        update.b[out - 1 - i][i] = sign * values[static_cast<std::size_t>(i)];
    }
    return update;
}

/// Every module of every layer of the tiny model with these experts.
TrainedExperts everywhere(const ModelConfig& model,
                          const std::function<std::vector<ExpertUpdate>(const ModuleShape&)>& experts)
{
    TrainedExperts trained;
    trained.file = "adapter.json";
    for (const ModuleShape& shape : layerModules(model, 0))
        for (std::int64_t layer = 0; layer < model.layers; ++layer)
            trained.modules[shape.name].push_back(experts(shape));
    return trained;
}

} // namespace

HILO_TEST(theSpectrumIsThatOfTheUpdate)
{
    const TinyRun run;
    const ModelConfig model = REQUIRE_OK(openModel(run.folder() / "model")).config;
    const TrainedExperts trained = everywhere(model, [](const ModuleShape& shape) {
        return std::vector<ExpertUpdate>{updateOf({1, 3, 2}, shape.in, shape.out)};
    });
    const SignalSet set = REQUIRE_OK(measureTrainedUpdate(model, trained));
    const ComplexitySignal& signal = set.signals.at("trained_update");
    CHECK_EQ(signal.modules.size(), layerModules(model, 0).size());
    for (const auto& [module, layers] : signal.spectra)
        for (const std::vector<double>& spectrum : layers) {
            CHECK_EQ(spectrum.size(), 3u);
            CHECK(std::abs(spectrum[0] - 9) < 1e-9 && std::abs(spectrum[1] - 4) < 1e-9);
            CHECK(std::abs(spectrum[2] - 1) < 1e-9);
        }
    for (const auto& [module, layers] : signal.modules)
        for (const double value : layers)
            CHECK(std::abs(value - std::sqrt(14.0)) < 1e-9);
}

HILO_TEST(severalExpertsCountAsTheirMean)
{
    const TinyRun run;
    const ModelConfig model = REQUIRE_OK(openModel(run.folder() / "model")).config;
    // What one expert adds and the other takes away, nobody gets who is sent to both alike.
    const TrainedExperts opposed = everywhere(model, [](const ModuleShape& shape) {
        return std::vector<ExpertUpdate>{updateOf({2, 4}, shape.in, shape.out), updateOf({2}, shape.in, shape.out, -1)};
    });
    const SignalSet set = REQUIRE_OK(measureTrainedUpdate(model, opposed));
    for (const auto& [module, layers] : set.signals.at("trained_update").spectra)
        for (const std::vector<double>& spectrum : layers) {
            CHECK(std::abs(spectrum[0] - 4) < 1e-9); // (4 / 2)²
            CHECK(spectrum[1] < 1e-18);
        }
    // Their distance, by the same factors: 4 along one axis and 4 along the other.
    const SignalSet distance = REQUIRE_OK(measureExpertDistance(model, opposed));
    for (const double value : distance.signals.at("expert_redundancy").layers)
        CHECK(std::abs(value - std::sqrt(32.0)) < 1e-9);
}

HILO_TEST(adaptersThatSayNothingAreRefused)
{
    const TinyRun run;
    const ModelConfig model = REQUIRE_OK(openModel(run.folder() / "model")).config;
    const TrainedExperts fresh = everywhere(model, [](const ModuleShape& shape) {
        return std::vector<ExpertUpdate>{updateOf({0, 0}, shape.in, shape.out)};
    });
    CHECK_CONTAINS(REQUIRE_ERROR(measureTrainedUpdate(model, fresh)).message, "has not been trained");
    TrainedExperts holes = everywhere(
        model, [](const ModuleShape& shape) { return std::vector<ExpertUpdate>{updateOf({1}, shape.in, shape.out)}; });
    for (auto& [module, layers] : holes.modules)
        if (module != "v_proj")
            layers[1].clear();
    // A module that a layer goes without is left out, not guessed at.
    CHECK_EQ(REQUIRE_OK(measureTrainedUpdate(model, holes)).signals.at("trained_update").modules.size(), 1u);
    holes.modules["v_proj"][0].clear();
    CHECK_CONTAINS(REQUIRE_ERROR(measureTrainedUpdate(model, holes)).message, "no module has an expert in every layer");
}

HILO_TEST(aPilotRunDecidesRanks)
{
    const TinyRun run;
    Json spec = REQUIRE_OK(readJsonFile(run.spec()));
    const std::string model = (run.folder() / "model").string();
    const std::string map = (run.folder() / "pilot.map.json").string();
    const ProcessResult planned =
        runProcess({hiloProgram, "allocate", model, "--strategy", "lora", "--set", "rank=6", "--out", map});
    CHECK_EQ(planned.exitCode, 0);
    spec["map"] = map;
    REQUIRE_OK(writeJsonFile(run.spec(), spec));
    const std::string folder = run.run("pilot").string();
    REQUIRE_OK(startRun(REQUIRE_OK(readRunSpec(run.spec())), folder, {}));

    const std::string out = (run.folder() / "p.json").string();
    const ProcessResult measured =
        runProcess({hiloProgram, "profile", model, "--adapter", folder, "--out", out, "--no-cache", "--json"});
    CHECK_EQ(measured.exitCode, 0);
    const Json profile = REQUIRE_OK(parseJson(measured.output, "stdout"));
    // Single experts have no distance from one another, which is told and no reason to measure nothing.
    CHECK(!profile["signals"].contains("expert_redundancy"));
    CHECK_CONTAINS(profile["notes"].dump(), "expert_redundancy is left out");
    CHECK_EQ(profile["signals"]["trained_update"]["spectra"]["q_proj"][0].size(), 6u);

    const std::string balanced = (run.folder() / "balanced.map.json").string();
    const ProcessResult allocated = runProcess(
        {hiloProgram, "allocate", model, "--profile", out, "--strategy", "balanced", "--budget", "6000", "--set",
         "experts_max=1", "--set", "spectrum=trained_update", "--set", "weight=trained_update", "--out", balanced});
    if (allocated.exitCode != 0)
        fail(allocated.errors, __FILE__, __LINE__);
    CHECK(REQUIRE_OK(readAllocationMap(balanced)).layers.size() == 2u);

    const ProcessResult withoutAdapter = runProcess({hiloProgram, "profile", model, "--signals", "trained_update"});
    CHECK_EQ(withoutAdapter.exitCode, 2);
    CHECK_CONTAINS(withoutAdapter.errors, "--adapter");
}
