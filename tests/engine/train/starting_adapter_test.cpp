// SPDX-License-Identifier: GPL-3.0-or-later
// A run that begins with an adapter: with the adapter's weights, and its own settings.
#include "engine/export/random_adapter.h"
#include "engine/train/starting_adapter.h"
#include "formats/model_source.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

ModuleAllocation routed(std::int64_t, const std::string&)
{
    return {{2, 3}, 1, 6, 0};
}

} // namespace

HILO_TEST(aRunHasItsOwnSettingsAndTheAdaptersWeights)
{
    const TemporaryFolder folder;
    const ModelSource model = REQUIRE_OK(openModel(dataFile("models/llama")));
    const auto start = writeRandomAdapter(folder / "start", "llama", routed);
    TrainingSpec training;
    training.startFrom = (folder / "start").string();
    training.dropout = 0.25;
    training.auxiliaryLoss = 0.5;
    training.seed = 9;
    const auto adapter = REQUIRE_OK(startingAdapter(training, start->map(), model.config, torch::kCPU));
    // They were the adapter's before, so that a run's dropout did nothing.
    CHECK_EQ(adapter->settings().dropout, 0.25);
    CHECK_EQ(adapter->settings().auxiliaryLoss, 0.5);
    CHECK_EQ(adapter->settings().seed, 9);
    CHECK(torch::equal(adapter->parameters().detach(), start->parameters().detach()));
    CHECK(adapter->parameters().requires_grad());
}

HILO_TEST(anAdapterThatWouldBeAnotherFunctionIsNoStart)
{
    const TemporaryFolder folder;
    const ModelSource model = REQUIRE_OK(openModel(dataFile("models/llama")));
    const auto start = writeRandomAdapter(folder / "start", "llama", routed);
    const auto plain = writeRandomAdapter(folder / "plain", "llama", variedPlain);
    TrainingSpec training;
    training.startFrom = (folder / "start").string();
    training.router = RouterKind::Dense;
    CHECK_CONTAINS(describe(REQUIRE_ERROR(startingAdapter(training, start->map(), model.config, torch::kCPU))),
                   "routers of another kind");
    CHECK_CONTAINS(describe(REQUIRE_ERROR(startingAdapter(training, plain->map(), model.config, torch::kCPU))),
                   "another allocation map");
    training.startFrom = (folder / "plain").string();
    REQUIRE_OK(startingAdapter(training, plain->map(), model.config, torch::kCPU));
    training.scaling = ScalingMode::AlphaOverSqrtRank;
    CHECK_CONTAINS(describe(REQUIRE_ERROR(startingAdapter(training, plain->map(), model.config, torch::kCPU))),
                   "other factors");
}
