// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiny_run.h"

#include "engine/model/decoder.h"
#include "engine/train/train_run.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

std::vector<double> losses(const std::string& quantisation)
{
    const TinyRun tiny(Json{{"quantisation", quantisation}, {"dropout", 0}});
    const RunOutcome outcome = REQUIRE_OK(startRun(REQUIRE_OK(readRunSpec(tiny.spec())), tiny.run("run"), {}));
    CHECK(outcome.finished);
    CHECK_EQ(eventsOf(tiny.run("run"), "started").back()["quantisation"].get<std::string>(), quantisation);
    std::vector<double> result;
    for (const Json& event : eventsOf(tiny.run("run"), "step"))
        result.push_back(event["loss"].get<double>());
    return result;
}

} // namespace

/// The first step's loss is the base's alone; later steps amplify its rounding, so that only their mean is compared.
struct Closeness
{
    double first;
    double mean;
};

HILO_TEST(aQuantisedBaseTrainsCloseToTheWholeOne)
{
    const std::vector<double> whole = losses("none");
    for (const auto& [quantisation, closeness] :
         std::map<std::string, Closeness>{{"nf4", {0.02, 0.05}}, {"int8", {0.01, 0.02}}, {"fp8", {0.02, 0.02}}}) {
        const std::vector<double> quantised = losses(quantisation);
        CHECK_EQ(quantised.size(), whole.size());
        CHECK_NEAR(quantised.front() / whole.front(), 1, closeness.first);
        bool differs = false;
        double ratios = 0;
        for (std::size_t i = 0; i < whole.size(); ++i) {
            ratios += quantised[i] / whole[i];
            differs = differs || quantised[i] != whole[i];
        }
        CHECK_NEAR(ratios / static_cast<double>(whole.size()), 1, closeness.mean);
        CHECK(differs);
        CHECK(quantised.back() < quantised.front());
    }
}

HILO_TEST(quantisedWeightsAreMadeForWhoeverAsks)
{
    const TinyRun tiny;
    const ModelSource source = REQUIRE_OK(openModel(tiny.folder() / "model"));
    const auto whole = REQUIRE_OK(Decoder::load(source, torch::kFloat32, torch::kCPU));
    const auto quantised = REQUIRE_OK(Decoder::load(source, torch::kFloat32, torch::kCPU, {}, gpu::WeightFormat::Int8));
    for (int module = 0; module < 7; ++module) {
        const torch::Tensor expected = whole->moduleWeight(1, module);
        const torch::Tensor actual = quantised->moduleWeight(1, module);
        CHECK(actual.sizes() == expected.sizes());
        CHECK_NEAR(((actual - expected).norm() / expected.norm()).item<double>(), 0, 0.01);
        CHECK(!torch::equal(actual, expected));
    }
    CHECK(torch::equal(whole->outputWeight(), quantised->outputWeight()));
}

HILO_TEST(unknownQuantisationIsBadInput)
{
    const TinyRun tiny(Json{{"quantisation", "int3"}});
    const Error error = REQUIRE_ERROR(readRunSpec(tiny.spec()));
    CHECK(error.code == ErrorCode::BadInput);
    CHECK_CONTAINS(error.message, "nf4");
}
