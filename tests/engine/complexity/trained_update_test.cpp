// SPDX-License-Identifier: GPL-3.0-or-later
// Signals of a trained adapter: what its update is made of, and what allocation makes of that.
#include "engine/train/tiny_run.h"

#include "allocation/map.h"
#include "allocation/parameters.h"
#include "allocation/profile.h"
#include "allocation/profile_writer.h"
#include "engine/adapter/adapter.h"
#include "engine/complexity/expert_distance.h"
#include "engine/complexity/trained_update.h"
#include "engine/train/train_run.h"
#include "formats/base_expert_modules.h"
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

namespace {

/// A mixture's attention with experts as `attention` has them, and every one of the base's own experts with an update
/// of its own: number e of layer l has the singular values (e + l + 1) and 1.
TrainedExperts ofMixture(const ModelConfig& model, const std::vector<std::vector<double>>& attention)
{
    TrainedExperts trained;
    trained.file = "adapter.json";
    const ModuleGrid grid = mapGrid(model);
    for (const std::string& name : grid.names())
        for (std::size_t layer = 0; layer < grid.layers(); ++layer) {
            std::vector<ExpertUpdate>& experts = trained.modules[name].emplace_back();
            const ModuleShape* shape = grid.find(layer, name);
            if (!shape)
                continue;
            for (std::int64_t expert = 0; expert < shape->baseExperts; ++expert)
                experts.push_back(
                    updateOf({static_cast<double>(expert) + static_cast<double>(layer) + 1, 1}, shape->in, shape->out));
            for (const std::vector<double>& values : attention)
                if (shape->baseExperts == 0)
                    experts.push_back(updateOf(values, shape->in, shape->out));
        }
    return trained;
}

} // namespace

HILO_TEST(theBasesOwnExpertsHaveUpdatesOfTheirOwn)
{
    const ModelConfig model = REQUIRE_OK(openModel(dataFile("families/qwen3_moe"))).config; // layer 0 has no experts
    const SignalSet set = REQUIRE_OK(measureTrainedUpdate(model, ofMixture(model, {{2}})));
    const ComplexitySignal& signal = set.signals.at("trained_update");
    for (const char* module : {"experts.gate_up_proj", "experts.down_proj"}) {
        CHECK(std::isnan(signal.modules.at(module)[0]) && signal.experts.at(module)[0].empty());
        CHECK(signal.spectra.at(module)[0].empty());
        for (std::size_t layer = 1; layer < 3; ++layer) {
            double mean = 0, first = 0;
            const auto& experts = signal.experts.at(module)[layer];
            CHECK_EQ(experts.size(), 5u);
            for (std::size_t expert = 0; expert < experts.size(); ++expert) {
                const auto largest = static_cast<double>(expert + layer + 1);
                CHECK_NEAR(experts[expert], std::sqrt(largest * largest + 1), 1e-9);
                mean += experts[expert] / 5;
                first += largest * largest / 5;
            }
            CHECK_NEAR(signal.modules.at(module)[layer], mean, 1e-9);
            CHECK_EQ(signal.spectra.at(module)[layer].size(), 2u);
            CHECK_NEAR(signal.spectra.at(module)[layer][0], first, 1e-9);
            CHECK_NEAR(signal.spectra.at(module)[layer][1], 1, 1e-9);
        }
    }
    CHECK_NEAR(signal.modules.at("q_proj")[0], 2, 1e-9);
    CHECK_CONTAINS(set.notes.at(0), "mean over them");
    // It may be the only thing that is adapted.
    CHECK_EQ(REQUIRE_OK(measureTrainedUpdate(model, ofMixture(model, {}))).signals.at("trained_update").modules.size(),
             2u);
}

HILO_TEST(theBasesOwnExpertsAreFarFromOneAnother)
{
    const ModelConfig model = REQUIRE_OK(openModel(dataFile("families/qwen3_moe"))).config;
    const SignalSet set = REQUIRE_OK(measureExpertDistance(model, ofMixture(model, {{4}, {1}})));
    const ComplexitySignal& signal = set.signals.at("expert_redundancy");
    // The layer's value is the attention's.
    for (const double value : signal.layers)
        CHECK_NEAR(value, 3, 1e-9);
    for (std::size_t layer = 1; layer < 3; ++layer) {
        const std::vector<double> expected = {2.5, 1.75, 1.5, 1.75, 2.5};
        for (std::size_t expert = 0; expert < 5; ++expert)
            CHECK_NEAR(signal.experts.at("experts.down_proj")[layer][expert], expected[expert], 1e-9);
        CHECK_NEAR(signal.modules.at("experts.down_proj")[layer], 2, 1e-9);
    }
    // Where no attention has two experts: those of the base, if every layer has them.
    const ModelConfig everywhere = REQUIRE_OK(openModel(dataFile("families/mixtral"))).config;
    const SignalSet ofBase = REQUIRE_OK(measureExpertDistance(everywhere, ofMixture(everywhere, {{4}})));
    for (const double value : ofBase.signals.at("expert_redundancy").layers)
        CHECK_NEAR(value, 2, 1e-9);
}

/// Layers of a mixture that are dense have no experts to tell apart, and the others' values stand all the same.
HILO_TEST(denseLayersOfAMixtureHaveNoDistance)
{
    for (const auto& [name, dense] : {std::pair("qwen3_moe-dense", 1u), std::pair("qwen3_moe", 0u)}) {
        const ModelConfig model = REQUIRE_OK(openModel(dataFile(std::string("families/") + name))).config;
        const SignalSet set = REQUIRE_OK(measureExpertDistance(model, ofMixture(model, {{4}})));
        const ComplexitySignal& signal = set.signals.at("expert_redundancy");
        CHECK(signal.layers.empty());
        CHECK_EQ(set.notes.size(), 1u);
        CHECK_CONTAINS(set.notes.at(0), "layer " + std::to_string(dense) + " would have none");
        for (std::size_t layer = 0; layer < 3; ++layer) {
            const double value = signal.modules.at("experts.down_proj")[layer];
            CHECK_EQ(std::isnan(value), layer == dense);
            if (layer != dense) // experts of 1, 2, … are so far apart in the mean
                CHECK_NEAR(value, name == std::string("qwen3_moe") ? 2 : 5.0 / 3, 1e-9);
        }
        // Written and read again, it is the same, and a strategy that asks for layers is told.
        ComplexityProfile profile;
        profile.architecture = model.architecture;
        profile.layers = model.layers;
        profile.signals = set.signals;
        const ComplexityProfile again = REQUIRE_OK(parseComplexityProfile(toJson(profile), "p.json"));
        REQUIRE_OK(validateComplexityProfile(again, model));
        CHECK(again.signals.at("expert_redundancy").layers.empty());
        CHECK_EQ(again.signals.at("expert_redundancy").experts.size(), 2u);
    }
    // Nothing that has two experts in every layer.
    const ModelConfig model = REQUIRE_OK(openModel(dataFile("families/qwen3_moe-dense"))).config;
    TrainedExperts none = ofMixture(model, {{4}});
    for (auto& [module, layers] : none.modules)
        if (module.starts_with("experts."))
            for (auto& experts : layers)
                experts.clear();
    const Error error = REQUIRE_ERROR(measureExpertDistance(model, none));
    CHECK_CONTAINS(error.place, "map.layers[0]");
    CHECK_CONTAINS(error.message, "no module has two experts");
}

/// An update that only the base's own experts have is none of dense layers, and not one of nothing.
HILO_TEST(denseLayersOfAMixtureHaveNoUpdate)
{
    const ModelConfig model = REQUIRE_OK(openModel(dataFile("families/qwen3_moe-dense"))).config;
    const SignalSet set = REQUIRE_OK(measureTrainedUpdate(model, ofMixture(model, {})));
    CHECK(set.signals.at("trained_update").layers.empty());
    CHECK_CONTAINS(set.notes.at(0), "layer 1 would have none");
}

/// From a trained run: what the adapter's file calls its own experts' tensors.
HILO_TEST(adaptersOfTheBasesOwnExpertsAreRead)
{
    const ModelConfig model = REQUIRE_OK(openModel(dataFile("families/mixtral"))).config;
    AllocationMap map;
    map.name = "experts";
    map.strategy = "manual";
    map.architecture = model.architecture;
    map.layers.resize(static_cast<std::size_t>(model.layers));
    for (std::size_t layer = 0; layer < map.layers.size(); ++layer)
        for (const ModuleShape& shape : baseExpertModules(model, static_cast<std::int64_t>(layer)))
            map.layers[layer].emplace(shape.name, baseExpertAllocation(model, shape, 2, 4));
    const auto adapter = MixtureAdapter::create(model, map, {}, torch::kCPU);
    {
        const torch::NoGradGuard noGradients;
        adapter->parameters().uniform_(-1, 1);
    }
    const TemporaryFolder folder;
    REQUIRE_OK(adapter->save(folder.path()));
    const TrainedExperts trained = REQUIRE_OK(readTrainedExperts(model, folder.path()));
    std::map<std::string, Tensor> tensors;
    for (const auto& [name, tensor] : adapter->namedTensors())
        tensors[name] = tensor.to(torch::kFloat64);
    for (const char* module : {"experts.gate_up_proj", "experts.down_proj"})
        for (std::size_t layer = 0; layer < map.layers.size(); ++layer) {
            const auto& experts = trained.modules.at(module)[layer];
            CHECK_EQ(experts.size(), 5u);
            const std::string front = "layers." + std::to_string(layer) + "." + module + ".experts.3.";
            CHECK(torch::equal(experts[3].a, tensors.at(front + "lora_A")));
            CHECK(torch::equal(experts[3].b, tensors.at(front + "lora_B") * 2));
        }
    CHECK(trained.modules.at("q_proj")[0].empty());
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
