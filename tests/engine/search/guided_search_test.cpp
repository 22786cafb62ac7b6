// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/tiny_run.h"

#include "allocation/strategy.h"
#include "engine/search/guided_adapter.h"
#include "engine/search/guided_search.h"
#include "formats/model_source.h"
#include "run/unfinished_search.h"

using namespace hilo;
using namespace hilo::testing;
using torch::Tensor;
namespace fs = std::filesystem;

namespace {

SearchSettings smallSearch()
{
    SearchSettings settings;
    settings.experts = 4;
    settings.rank = 3;
    settings.steps = 12;
    settings.weightRate = 0.01;
    settings.vectorRate = 0.1;
    return settings;
}

/// Cancels after this step.
struct CancelledSearch
{
    explicit CancelledSearch(std::int64_t step)
        : progress(
              [this, step](const ProgressReport& report) {
                  if (report.what == "Searching" && report.done == step)
                      flag = true;
              },
              &flag)
    {
    }
    std::atomic<bool> flag{false};
    Progress progress;
};

} // namespace

HILO_TEST(selectionVectorsPassTheirGradientsAsPublished)
{
    Tensor vector = torch::tensor({0.1, 0.5, 2.0, -1.0}).requires_grad_(true);
    const Tensor offsets = expertOffsets(vector);
    CHECK(torch::allclose(offsets, torch::tensor({0.5, 0.5, 0.5, -1e4})));
    const Tensor gradient = torch::tensor({1.0, -2.0, 3.0, 5.0});
    offsets.backward(gradient);
    const double expected = (gradient * vector.detach().sigmoid()).slice(0, 0, 3).sum().item<double>();
    CHECK_NEAR(vector.grad()[2].item<double>(), expected, 1e-6);
    CHECK_NEAR(vector.grad().abs().sum().item<double>(), std::abs(expected), 1e-6);

    // Even where the first entry is the largest, two experts stay.
    CHECK(torch::allclose(expertOffsets(torch::tensor({3.0, 0.0, 0.0})), torch::tensor({0.5, 0.5, -1e4})));

    Tensor ranks = torch::tensor({{0.0, 1.0, -1.0}, {2.0, 0.0, 0.0}}).requires_grad_(true);
    const Tensor factors = rankFactors(ranks);
    CHECK(torch::allclose(factors, torch::tensor({{1.0, 1.0, 1e-4}, {1.0, 1e-4, 1e-4}})));
    const Tensor down = torch::tensor({{1.0, 2.0, 3.0}, {4.0, 5.0, 6.0}});
    factors.backward(down);
    const Tensor share = ranks.detach().sigmoid();
    CHECK_NEAR(ranks.grad()[0][1].item<double>(), (down[0] * share[0]).slice(0, 0, 2).sum().item<double>(), 1e-6);
    CHECK_NEAR(ranks.grad()[0][0].item<double>(), 1e-4, 1e-9);
    CHECK_NEAR(ranks.grad()[1][0].item<double>(), 4 * share[1][0].item<double>(), 1e-5);
}

HILO_TEST(aSearchLearnsAndGuidesAMap)
{
    const TinyRun run;
    const RunSpec spec = REQUIRE_OK(readRunSpec(run.spec()));
    SearchSettings settings = smallSearch();
    const Json result = REQUIRE_OK(guidedSearch(spec, settings, {}));
    CHECK(result == REQUIRE_OK(guidedSearch(spec, settings, {})));
    const Json& losses = result["losses"]["training"];
    CHECK_EQ(losses.size(), 12u);
    CHECK(losses[11].get<double>() < losses[0].get<double>());
    for (const Json& layer : result["layers"])
        for (const auto& [module, ranks] : layer.items()) {
            CHECK(ranks.size() >= 2u && ranks.size() <= 4u);
            for (const Json& rank : ranks)
                CHECK(rank >= 1 && rank <= 3);
        }
    const auto file = run.folder() / "search.json";
    REQUIRE_OK(writeJsonFile(file, result));
    const ModelSource model = REQUIRE_OK(openModel(run.folder() / "model"));
    const Strategy* strategy = REQUIRE_OK(findStrategy("guilomo"));
    const AllocationMap map = REQUIRE_OK(allocate(*strategy, model.config, {{"search", file.string()}}));
    CHECK_EQ(map.find(1, "up_proj")->ranks, result["layers"][1]["up_proj"].get<std::vector<int>>());
    CHECK_CONTAINS(describe(REQUIRE_ERROR(allocate(*strategy, model.config, {}))), "hilo search");

    // The structure has moved from where it began.
    settings.steps = 1;
    CHECK(!(REQUIRE_OK(guidedSearch(spec, settings, {}))["layers"] == result["layers"]));
    std::atomic<bool> cancel{true};
    CHECK(REQUIRE_ERROR(guidedSearch(spec, settings, Progress({}, &cancel))).code == ErrorCode::Cancelled);
}

HILO_TEST(aStoppedSearchGoesOnToTheSameResult)
{
    const TinyRun run(Json{{"checkpoint_every", 0}});
    const RunSpec spec = REQUIRE_OK(readRunSpec(run.spec()));
    SearchSettings settings = smallSearch();
    const Json whole = REQUIRE_OK(guidedSearch(spec, settings, {}));
    const fs::path result = run.folder() / "s.json";
    const fs::path state = searchStateFile(result);
    CHECK_EQ(state.filename().string(), "s.json.state");

    CancelledSearch first(5);
    const Error stopped = REQUIRE_ERROR(guidedSearch(spec, settings, first.progress, state));
    CHECK(stopped.code == ErrorCode::Cancelled);
    CHECK_CONTAINS(stopped.hint, "step 5 of 12");
    const UnfinishedSearch unfinished = REQUIRE_OK(readUnfinishedSearch(state));
    CHECK_EQ(unfinished.step, 5);
    CHECK_EQ(unfinished.steps, 12);
    CHECK_EQ(unfinished.askedSteps, 12);
    CHECK_EQ(unfinished.experts, 4);
    CHECK_EQ(unfinished.rank, 3);

    // Another search does not take it for its own, and leaves it as it is.
    const std::string before = readText(state);
    SearchSettings other = settings;
    other.vectorRate = 0.2;
    CHECK(REQUIRE_ERROR(guidedSearch(spec, other, {}, state)).code == ErrorCode::BadInput);
    RunSpec otherSeed = spec;
    otherSeed.training.seed = 9;
    CHECK(REQUIRE_ERROR(guidedSearch(otherSeed, settings, {}, state)).code == ErrorCode::BadInput);
    CHECK(readText(state) == before);

    CancelledSearch second(8);
    CHECK(REQUIRE_ERROR(guidedSearch(spec, settings, second.progress, state)).code == ErrorCode::Cancelled);
    CHECK_EQ(REQUIRE_OK(readUnfinishedSearch(state)).step, 8);
    CHECK(REQUIRE_OK(guidedSearch(spec, settings, {}, state)) == whole);

    writeText(state, readText(state).substr(0, 300));
    CHECK(REQUIRE_ERROR(guidedSearch(spec, settings, {}, state)).code == ErrorCode::BadInput);
    CHECK(REQUIRE_ERROR(readUnfinishedSearch(state)).code == ErrorCode::BadInput);
}

HILO_TEST(aSearchThatWasKilledGoesOnFromWhatItKept)
{
    const TinyRun run(Json{{"checkpoint_every", 3}});
    const RunSpec spec = REQUIRE_OK(readRunSpec(run.spec()));
    const SearchSettings settings = smallSearch();
    const fs::path kept = run.folder() / "kept.state";
    const fs::path state = searchStateFile(run.folder() / "s.json");
    // What the disk holds at step 8 is what a power cut would leave.
    const Progress copying(
        [&](const ProgressReport& report) {
            if (report.what == "Searching" && report.done == 8)
                fs::copy_file(kept, state);
        },
        nullptr);
    const Json whole = REQUIRE_OK(guidedSearch(spec, settings, copying, kept));
    CHECK_EQ(REQUIRE_OK(readUnfinishedSearch(state)).step, 6);

    // The command goes on from there, writes the result and takes the state away.
    const ProcessResult command =
        runProcess({std::string(HILO_BINARY_DIR) + "/hilo", "--progress-json", "search", run.spec().string(), "--out",
                    (run.folder() / "s.json").string(), "--experts", "4", "--rank", "3", "--steps", "12",
                    "--learning-rate", "0.01", "--vector-rate", "0.1"});
    CHECK_EQ(command.exitCode, 0);
    CHECK(REQUIRE_OK(readJsonFile(run.folder() / "s.json")) == whole);
    CHECK(!fs::exists(state));
    // Six steps that another process made say nothing about the time that is left.
    const auto at = command.errors.find(R"("what":"Searching")");
    CHECK(at != std::string::npos);
    const auto begin = command.errors.rfind('\n', at) + 1;
    const Json line =
        REQUIRE_OK(parseJson(command.errors.substr(begin, command.errors.find('\n', at) - begin), "progress"));
    CHECK_EQ(line["progress"]["done"].get<int>(), 7);
    CHECK(!line["progress"].contains("left"));
}
