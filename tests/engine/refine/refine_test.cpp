// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/tiny_run.h"

#include "engine/adapter/adapter.h"
#include "engine/adapter/expert_update.h"
#include "engine/refine/refine_run.h"
#include "engine/train/train_run.h"
#include "formats/model_source.h"
#include "run/run_spec.h"

#include <ATen/CPUGeneratorImpl.h>

#include <array>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;
using torch::Tensor;

namespace {

const std::string hiloProgram = HILO_BINARY_DIR "/hilo";

Tensor noise(std::int64_t rows, std::int64_t columns, std::uint64_t seed)
{
    return torch::randn({rows, columns}, at::detail::createCPUGenerator(seed));
}

/// A trained run whose router of layer 0's q_proj sent 97 of 100 tokens to expert 1.
struct TrainedRun
{
    TinyRun tiny;
    fs::path folder = tiny.run("done");

    /// module: what q_proj, v_proj and down_proj get instead of two experts.
    explicit TrainedRun(const Json& training = Json::object(), const Json& module = {}) : tiny(training)
    {
        if (!module.is_null()) {
            Json spec = REQUIRE_OK(readJsonFile(tiny.spec()));
            for (Json& layer : spec["map"]["layers"])
                for (const char* name : {"q_proj", "v_proj", "down_proj"})
                    layer["modules"][name] = module;
            REQUIRE_OK(writeJsonFile(tiny.spec(), spec));
        }
        const auto experts = module.is_null() ? 2 : module["ranks"].size() + module.value("null_experts", 0u);
        const std::vector<double> even(experts, 1.0 / static_cast<double>(experts));
        REQUIRE_OK(startRun(REQUIRE_OK(readRunSpec(tiny.spec())), folder, {}));
        std::string events = readText(folder / "events.ndjson");
        Json modules = Json::array();
        for (int layer = 0; layer < 2; ++layer)
            for (const char* name : {"q_proj", "v_proj", "down_proj"}) {
                const bool lopsided = layer == 0 && std::string(name) == "q_proj";
                modules.push_back({{"layer", layer},
                                   {"module", name},
                                   {"load", lopsided && experts == 2 ? Json{0.03, 0.97} : Json(even)},
                                   {"weight", even}});
            }
        const Json event = {{"t", "2026-01-01T00:00:00Z"}, {"event", "routing"}, {"step", 12}, {"modules", modules}};
        writeText(folder / "events.ndjson", events + event.dump() + "\n");
    }

    std::shared_ptr<MixtureAdapter> adapter(const fs::path& from) const
    {
        const ModelSource model = REQUIRE_OK(openModel(tiny.folder() / "model"));
        return REQUIRE_OK(MixtureAdapter::load(from, model.config, torch::kCPU));
    }
};

/// Scaled update of one expert.
Tensor updateOf(const MixtureAdapter& adapter, const std::string& module, int layer, int expert)
{
    Tensor a, b;
    for (const auto& [name, value] : adapter.namedTensors()) {
        const std::string prefix =
            "layers." + std::to_string(layer) + "." + module + ".experts." + std::to_string(expert) + ".";
        if (name == prefix + "lora_A")
            a = value;
        if (name == prefix + "lora_B")
            b = value;
    }
    const ModuleAllocation& allocation = *adapter.map().find(static_cast<std::size_t>(layer), module);
    return torch::mm(b, a) *
           expertScale(adapter.settings(), allocation.alpha, allocation.ranks[static_cast<std::size_t>(expert)]);
}

double relativeDifference(const Tensor& a, const Tensor& b)
{
    return ((a - b).norm() / b.norm()).item<double>();
}

} // namespace

HILO_TEST(updatesAreOrderedWithoutChangingThem)
{
    const ExpertUpdate update{noise(5, 30, 1), noise(20, 5, 2)};
    const OrderedUpdate ordered = orderUpdate(update);
    const Tensor product = torch::mm(update.b, update.a);
    CHECK(relativeDifference(torch::mm(ordered.update.b, ordered.update.a), product) < 1e-5);
    const Tensor expected = torch::linalg_svdvals(product, c10::nullopt);
    for (std::int64_t index = 0; index < 5; ++index)
        CHECK_NEAR(ordered.singularValues[static_cast<std::size_t>(index)], expected[index].item<double>(), 1e-3);
    CHECK_EQ(neededRank({10, 1, 0.1}, 0.0002), 2);
    CHECK_EQ(neededRank({10, 1, 0.1}, 0.02), 1);
    CHECK_EQ(neededRank({10, 1, 0.1}, 0), 3);
    CHECK_EQ(neededRank({0, 0}, 0.5), 1);
}

HILO_TEST(squaredPopulationVariationOfAToyOfTwoByFour)
{
    // Two tokens' gates over four experts, summed by expert: 1.2, 0.4, 0.2, 0.2: mean 0.5, variance 0.17.
    const double gates[2][4] = {{0.7, 0.1, 0.1, 0.1}, {0.5, 0.3, 0.1, 0.1}};
    std::vector<double> sums(4, 0);
    for (const auto& token : gates)
        for (std::size_t expert = 0; expert < 4; ++expert)
            sums[expert] += token[expert];
    CHECK_NEAR(squaredPopulationVariation(sums), 0.17 / 0.25, 1e-12);
    CHECK_NEAR(squaredPopulationVariation({1, 1, 1, 1}), 0, 1e-12);
    CHECK_NEAR(squaredPopulationVariation({4, 0, 0, 0}), 3, 1e-12);
}

HILO_TEST(nothingChangesWhereNothingIsAsked)
{
    const TrainedRun run;
    const fs::path out = run.tiny.run("same");
    const Refinement result = REQUIRE_OK(refineRun(run.folder, {0, 0, 2, 0, 64}, out, {}));
    CHECK_EQ(result.droppedExperts + result.droppedRanks + result.addedRanks, 0);
    const auto before = run.adapter(run.folder / "adapter");
    const auto after = run.adapter(out / "adapter");
    CHECK(before->map().layers == after->map().layers);
    for (const char* module : {"q_proj", "v_proj", "down_proj"})
        for (const int expert : {0, 1})
            CHECK(relativeDifference(updateOf(*after, module, 1, expert), updateOf(*before, module, 1, expert)) < 1e-4);
    CHECK(REQUIRE_OK(readAllocationMap(out / "refined.map.json")).layers == before->map().layers);
}

HILO_TEST(idleExpertsGoAndFullOnesGrow)
{
    const TrainedRun run;
    const fs::path out = run.tiny.run("refined");
    const Refinement result = REQUIRE_OK(refineRun(run.folder, {0.25, 0, 0, 2, 64}, out, {}));
    CHECK_EQ(result.droppedExperts, 1);
    CHECK_NEAR(result.loadVariation, 0.94 * 0.94 / 6, 1e-9);
    const auto before = run.adapter(run.folder / "adapter");
    const auto after = run.adapter(out / "adapter");
    // Expert 1 of rank 3 is left without a router, and all experts gained two ranks, whose B is zero.
    const ModuleAllocation& query = *after->map().find(0, "q_proj");
    CHECK_EQ(query.ranks, (std::vector<int>{5}));
    CHECK_EQ(query.topK, 1);
    CHECK_EQ(after->map().find(1, "q_proj")->ranks, (std::vector<int>{4, 5}));
    CHECK(relativeDifference(updateOf(*after, "q_proj", 0, 0), updateOf(*before, "q_proj", 0, 1)) < 1e-4);
    CHECK(relativeDifference(updateOf(*after, "down_proj", 1, 1), updateOf(*before, "down_proj", 1, 1)) < 1e-4);

    // The next run starts from there and trains.
    const RunSpec next = REQUIRE_OK(readRunSpec(out / "next.run.json"));
    const RunOutcome outcome = REQUIRE_OK(startRun(next, run.tiny.run("next"), {}));
    CHECK(outcome.finished);
    CHECK_EQ(outcome.parameters.trainable(), result.parametersAfter);
}

HILO_TEST(negligibleRanksGoAndTheRestStays)
{
    const TrainedRun run;
    const fs::path out = run.tiny.run("small");
    const Refinement result = REQUIRE_OK(refineRun(run.folder, {0, 0.5, 2, 0, 64}, out, {}));
    CHECK(result.droppedRanks > 0);
    CHECK(result.parametersAfter < result.parametersBefore);
    const auto before = run.adapter(run.folder / "adapter");
    const auto after = run.adapter(out / "adapter");
    for (const char* module : {"q_proj", "down_proj"}) {
        const double difference = relativeDifference(updateOf(*after, module, 1, 1), updateOf(*before, module, 1, 1));
        CHECK(difference * difference <= 0.5 + 1e-6);
    }
}

/// Of layer 1's q_proj on random inputs [60, 16], with the router's logits [60, experts].
struct Answers
{
    Tensor output;
    Tensor logits;
};

Answers answersOf(MixtureAdapter& adapter)
{
    const torch::NoGradGuard noGradients;
    adapter.startEvaluation();
    const Tensor input = noise(60, 16, 9);
    std::vector<Tensor> outputs{torch::zeros({60, 16}), torch::zeros({60, 16}), torch::zeros({60, 16})};
    adapter.addTo(1, std::array{0, 1, 2}, input, outputs);
    for (const auto& [name, value] : adapter.namedTensors())
        if (name == "layers.1.q_proj.router.weight")
            return {outputs[0], torch::mm(input, value.t())};
    return {};
}

/// All experts are full (grow_above 0) and gain no ranks.
RefineSettings growing(int experts)
{
    RefineSettings settings{0.25, 0, 0, 0, 64};
    settings.growExperts = experts;
    return settings;
}

HILO_TEST(anExpertIsAddedWhereAllAreInUseAndChangesNothingWithOneChosen)
{
    const TrainedRun run(Json{{"auxiliary_loss", 0.01}});
    REQUIRE_OK(refineRun(run.folder, growing(0), run.tiny.run("same"), {}));
    const Refinement result = REQUIRE_OK(refineRun(run.folder, growing(1), run.tiny.run("grown"), {}));
    // All routed modules but the lopsided one, which loses its idle expert.
    CHECK_EQ(result.addedExperts, 5);
    CHECK_EQ(toJson(result)["added_experts"].get<int>(), 5);
    CHECK_EQ(result.droppedExperts, 1);
    const auto before = run.adapter(run.tiny.run("same") / "adapter");
    const auto after = run.adapter(run.tiny.run("grown") / "adapter");
    CHECK_EQ(after->map().find(1, "q_proj")->ranks, (std::vector<int>{2, 3, 2}));
    CHECK_EQ(after->map().find(1, "q_proj")->topK, 1);
    CHECK_EQ(after->map().find(0, "q_proj")->ranks, (std::vector<int>{3}));
    CHECK_EQ(after->map().find(1, "up_proj")->ranks, (std::vector<int>{4}));
    CHECK_EQ(updateOf(*after, "q_proj", 1, 2).abs().max().item<double>(), 0.0);
    const Answers old = answersOf(*before);
    const Answers grown = answersOf(*after);
    CHECK(old.output.abs().max().item<double>() > 1e-3);
    CHECK(torch::allclose(grown.output, old.output, 1e-5, 1e-7));
    CHECK(torch::allclose(grown.logits.select(1, 2), old.logits.mean(1), 1e-5, 1e-6));

    // The next run trains, and its new experts with it.
    const RunSpec next = REQUIRE_OK(readRunSpec(run.tiny.run("grown") / "next.run.json"));
    const RunOutcome outcome = REQUIRE_OK(startRun(next, run.tiny.run("next"), {}));
    CHECK_EQ(outcome.parameters.trainable(), result.parametersAfter);
}

HILO_TEST(withTwoChosenOnlyTokensWithASmallSecondLogitSeeTheNewExpert)
{
    const TrainedRun run(Json::object(), {{"ranks", {2, 3, 2, 2}}, {"top_k", 2}, {"alpha", 8}});
    REQUIRE_OK(refineRun(run.folder, growing(0), run.tiny.run("same"), {}));
    CHECK_EQ(REQUIRE_OK(refineRun(run.folder, growing(2), run.tiny.run("grown"), {})).addedExperts, 12);
    const Answers old = answersOf(*run.adapter(run.tiny.run("same") / "adapter"));
    const Answers grown = answersOf(*run.adapter(run.tiny.run("grown") / "adapter"));
    CHECK_EQ(grown.logits.size(1), 6);
    const Tensor second = std::get<0>(old.logits.topk(2, 1)).select(1, 1);
    const Tensor untouched = second > old.logits.mean(1);
    const Tensor difference = (grown.output - old.output).abs().amax(1);
    CHECK(difference.masked_select(untouched).max().item<double>() < 1e-6);
    const auto count = untouched.sum().item<std::int64_t>();
    CHECK(count > 30 && count < 60);
    CHECK(difference.masked_select(untouched.logical_not()).min().item<double>() > 1e-6);
}

HILO_TEST(aDenseRouterLosesAtMostTheNewExpertsShare)
{
    const TrainedRun run(Json{{"router", "dense"}}, {{"ranks", {2, 3, 2}}, {"top_k", 3}, {"alpha", 8}});
    REQUIRE_OK(refineRun(run.folder, growing(0), run.tiny.run("same"), {}));
    CHECK_EQ(REQUIRE_OK(refineRun(run.folder, growing(1), run.tiny.run("grown"), {})).addedExperts, 6);
    CHECK_EQ(run.adapter(run.tiny.run("grown") / "adapter")->map().find(1, "q_proj")->topK, 4);
    const Answers old = answersOf(*run.adapter(run.tiny.run("same") / "adapter"));
    const Answers grown = answersOf(*run.adapter(run.tiny.run("grown") / "adapter"));
    const Tensor share = grown.logits.softmax(1).select(1, 3);
    CHECK(share.max().item<double>() <= 0.25 + 1e-6);
    CHECK(torch::allclose(grown.output, old.output * (1 - share).unsqueeze(1), 1e-4, 1e-6));
}

HILO_TEST(noExpertIsAddedThatNothingWouldReachOrThatIsNotNeeded)
{
    // One is chosen and no auxiliary loss moves the routers.
    const TrainedRun stuck;
    CHECK_EQ(REQUIRE_OK(refineRun(stuck.folder, growing(1), stuck.tiny.run("a"), {})).addedExperts, 0);
    const TrainedRun run(Json{{"auxiliary_loss", 0.01}});
    RefineSettings strict = growing(1);
    strict.growAbove = 1.5; // no expert is full
    CHECK_EQ(REQUIRE_OK(refineRun(run.folder, strict, run.tiny.run("b"), {})).addedExperts, 0);
    RefineSettings uneven = growing(1);
    uneven.dropBelow = 0;
    uneven.evenAbove = 0; // the lopsided module counts as even, too
    CHECK_EQ(REQUIRE_OK(refineRun(run.folder, uneven, run.tiny.run("c"), {})).addedExperts, 6);
    uneven.evenAbove = 0.7;
    CHECK_EQ(REQUIRE_OK(refineRun(run.folder, uneven, run.tiny.run("d"), {})).addedExperts, 5);
    CHECK_EQ(REQUIRE_OK(refineRun(run.folder, growing(0), run.tiny.run("e"), {})).addedExperts, 0);
}

HILO_TEST(theCommandRefusesWhatIsNoRun)
{
    const TinyRun tiny;
    const ProcessResult nothing =
        runProcess({hiloProgram, "refine", tiny.folder().string(), "--out", tiny.run("out").string()});
    CHECK_EQ(nothing.exitCode, 3);
    CHECK(!fs::exists(tiny.run("out")));
    const ProcessResult range = runProcess(
        {hiloProgram, "refine", tiny.folder().string(), "--out", tiny.run("out").string(), "--negligible", "2"});
    CHECK_EQ(range.exitCode, 2);
}

HILO_TEST(loadsThatAreNoNumbersJudgeNothing)
{
    const TrainedRun run;
    const std::string events = readText(run.folder / "events.ndjson");
    writeText(run.folder / "events.ndjson",
              events + R"({"t":"2026-01-01T00:00:01Z","event":"routing","step":12,"modules":[)"
                       R"({"layer":0,"module":"q_proj","load":[null,1]},{"layer":"x","module":"v_proj","load":[0,1]},)"
                       R"({"layer":1,"module":"q_proj","load":["a","b"]},7]})"
                       "\n");
    const Refinement result = REQUIRE_OK(refineRun(run.folder, {0.25, 0, 2, 0, 64}, run.tiny.run("refined"), {}));
    CHECK_EQ(result.droppedExperts, 0);
    CHECK_EQ(result.loadVariation, 0.0);
}
