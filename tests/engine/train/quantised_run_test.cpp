// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiny_run.h"

#include "engine/evaluate/evaluate_model.h"
#include "engine/load/load_model.h"
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

HILO_TEST(anAdapterIsUsedOnTheBaseThatItWasTrainedOn)
{
    const TinyRun tiny(Json{{"quantisation", "nf4"}, {"steps", 4}});
    const std::filesystem::path run = tiny.run("run");
    const std::filesystem::path model = tiny.folder() / "model";
    REQUIRE_OK(startRun(REQUIRE_OK(readRunSpec(tiny.spec())), run, {}));
    const ModelSource source = REQUIRE_OK(openModel(model));
    const auto weightBy = [&](const std::string& quantisation) {
        return REQUIRE_OK(Decoder::load(source, torch::kFloat32, torch::kCPU, {}, weightFormat(quantisation)))
            ->moduleWeight(1, 0);
    };
    const torch::Tensor whole = weightBy("none");
    const torch::Tensor nf4 = weightBy("nf4");
    CHECK(!torch::equal(whole, nf4));
    // As a person may name it: the run, its adapter, a checkpoint.
    for (const auto& folder : {run, run / "adapter", run / "checkpoints" / "step-3", run / ""}) {
        const LoadedModel loaded = REQUIRE_OK(loadModel({model, folder, "cpu", "float32", {}, 1}, {}));
        CHECK_EQ(loaded.quantisation, "nf4");
        CHECK(torch::equal(loaded.decoder->moduleWeight(1, 0), nf4));
    }
    const LoadedModel asked = REQUIRE_OK(loadModel({model, run, "cpu", "float32", "none", 1}, {}));
    CHECK_EQ(asked.quantisation, "none");
    CHECK(torch::equal(asked.decoder->moduleWeight(1, 0), whole));
    CHECK_EQ(REQUIRE_OK(loadModel({model, {}, "cpu", "float32", {}, 1}, {})).quantisation, "none");
    CHECK_EQ(REQUIRE_OK(loadModel({model, {}, "cpu", "float32", "int8", 1}, {})).quantisation, "int8");
    CHECK(REQUIRE_ERROR(loadModel({model, run, "cpu", "float32", "int3", 1}, {})).code == ErrorCode::WrongUsage);

    // An adapter that was copied out of its run does not know.
    std::filesystem::copy(run / "adapter", tiny.folder() / "copied");
    CHECK_EQ(REQUIRE_OK(loadModel({model, tiny.folder() / "copied", "cpu", "float32", {}, 1}, {})).quantisation,
             "none");
}

HILO_TEST(theCommandsNameTheQuantisationThatTheyUsed)
{
    const TinyRun tiny(Json{{"quantisation", "int8"}, {"steps", 4}});
    const std::string run = tiny.run("run").string();
    const std::string model = (tiny.folder() / "model").string();
    REQUIRE_OK(startRun(REQUIRE_OK(readRunSpec(tiny.spec())), run, {}));
    const auto ask = [&](std::vector<std::string> arguments, const std::vector<std::string>& more) {
        arguments.insert(arguments.begin(), std::string(HILO_BINARY_DIR) + "/hilo");
        arguments.insert(arguments.end(), {"--adapter", run, "--threads", "1", "--json"});
        arguments.insert(arguments.end(), more.begin(), more.end());
        const ProcessResult result = runProcess(arguments);
        CHECK(result.errors.find("[error]") == std::string::npos);
        return REQUIRE_OK(parseJson(result.output, "answer"));
    };
    const std::vector<std::string> evaluate{"evaluate", model, "--data", run + "/run.json"};
    const Json scored = ask(evaluate, {});
    CHECK_EQ(scored["quantisation"].get<std::string>(), "int8");
    CHECK_EQ(scored["correct"].get<int>(), eventsOf(run, "finished").at(0)["correct"].get<int>());
    CHECK_EQ(ask(evaluate, {"--quantisation", "none"})["quantisation"].get<std::string>(), "none");
    const std::vector<std::string> generate{"generate", model, "--prompt", "a bird", "--max-tokens", "2"};
    CHECK_EQ(ask(generate, {})["quantisation"].get<std::string>(), "int8");
    CHECK_EQ(ask(generate, {"--quantisation", "fp8"})["quantisation"].get<std::string>(), "fp8");
}
