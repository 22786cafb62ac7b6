// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/tiny_run.h"

#include "allocation/strategy.h"
#include "engine/search/guided_adapter.h"
#include "engine/search/guided_search.h"
#include "formats/model_source.h"

using namespace hilo;
using namespace hilo::testing;
using torch::Tensor;

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
    SearchSettings settings;
    settings.experts = 4;
    settings.rank = 3;
    settings.steps = 12;
    settings.weightRate = 0.01;
    settings.vectorRate = 0.1;
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
