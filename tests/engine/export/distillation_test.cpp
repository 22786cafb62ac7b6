// SPDX-License-Identifier: GPL-3.0-or-later
// Distilled adapters: the divergence and its gradient, where they begin, and what an export makes of a run.
#include "random_adapter.h"

#include "engine/export/content.h"
#include "engine/export/distillation.h"
#include "engine/export/divergence.h"
#include "engine/export/plain_adapter.h"
#include "engine/export/static_adapter.h"
#include "engine/train/tiny_run.h"
#include "engine/train/train_run.h"
#include "export/active_rank.h"
#include "formats/model_source.h"

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

torch::Tensor plainDivergence(const torch::Tensor& student, const torch::Tensor& teacher, const torch::Tensor& weight,
                              double cap)
{
    const auto logits = [&](const torch::Tensor& hidden) {
        const torch::Tensor all = hidden.matmul(weight.t());
        return cap > 0 ? torch::tanh(all / cap) * cap : all;
    };
    const torch::Tensor wanted = logits(teacher).softmax(1);
    return (wanted * (wanted.log() - logits(student).softmax(1).log())).sum();
}

/// A trained run of a mixture, made once.
const TinyRun& trained()
{
    static const TinyRun tiny(Json{{"steps", 60}, {"learning_rate", 0.02}});
    static const bool made = [] {
        REQUIRE_OK(startRun(REQUIRE_OK(readRunSpec(tiny.spec())), tiny.run("run"), {}));
        return true;
    }();
    CHECK(made);
    return tiny;
}

ExportRequest distilled(const std::string& format, const std::string& out)
{
    ExportRequest request;
    request.source = trained().run("run");
    request.format = format;
    request.out = trained().folder() / out;
    request.calibrationRows = 40;
    request.threads = 1;
    request.distillation = DistillationSettings{};
    request.distillation->steps = 60;
    request.distillation->batchSize = 16;
    return request;
}

ModuleShape shapeOf(std::int64_t in, std::int64_t out)
{
    ModuleShape shape;
    shape.in = in;
    shape.out = out;
    return shape;
}

AdapterContent withProducts(const AdapterContent& mixture)
{
    std::vector<std::vector<double>> weights;
    for (const ModuleContent& module : mixture.modules)
        weights.emplace_back(module.experts.size(), 0.5);
    return collapse(mixture, weights, 0);
}

torch::Tensor productOf(const ModuleContent& module)
{
    const ExpertContent& expert = module.experts.front();
    return torch::tensor(expert.b)
               .view({module.shape.out, expert.rank})
               .matmul(torch::tensor(expert.a).view({expert.rank, module.shape.in})) *
           expert.scale;
}

} // namespace

HILO_TEST(theDivergenceAndItsGradientAreThoseOfTheFormula)
{
    torch::manual_seed(7);
    for (const double cap : {0.0, 3.0}) {
        const torch::Tensor weight = torch::randn({37, 8}, torch::kFloat64);
        const torch::Tensor teacher = torch::randn({11, 8}, torch::kFloat64);
        const torch::Tensor start = torch::randn({11, 8}, torch::kFloat64);
        torch::Tensor expected = start.clone().requires_grad_(true);
        const torch::Tensor sum = plainDivergence(expected, teacher, weight, cap);
        sum.backward();
        // Rows by themselves, a few of them, all at once.
        for (const std::int64_t bytes : {std::int64_t{1}, std::int64_t{37 * 4 * 3}, std::int64_t{1} << 20}) {
            torch::Tensor actual = start.to(torch::kFloat32).requires_grad_(true);
            const torch::Tensor found =
                summedDivergence(actual, teacher.to(torch::kFloat32), weight.to(torch::kFloat32), {cap, bytes});
            (found * 0.5).backward();
            CHECK_NEAR(found.item<double>(), sum.item<double>(), 1e-4);
            CHECK((actual.grad().to(torch::kFloat64) - 0.5 * expected.grad()).abs().max().item<double>() < 1e-5);
        }
    }
    const torch::Tensor same = torch::randn({5, 8}), weight = torch::randn({9, 8});
    CHECK(std::abs(summedDivergence(same, same, weight).item<double>()) < 1e-6);
}

HILO_TEST(activeRanksAreThoseOfTheLargestExpertsThatATokenUses)
{
    const ModuleShape wide = shapeOf(64, 64);
    CHECK_EQ(activeRank(ModuleAllocation{{2, 8, 4}, 2, 16, 0}, RouterKind::TopK, wide), 12);
    CHECK_EQ(activeRank(ModuleAllocation{{2, 8, 4}, 2, 16, 3}, RouterKind::TopKNull, wide), 12);
    CHECK_EQ(activeRank(ModuleAllocation{{2, 8, 4}, 2, 16, 0}, RouterKind::Dense, wide), 14);
    CHECK_EQ(activeRank(ModuleAllocation{{6}, 1, 16, 0}, RouterKind::TopK, wide), 6);
    const ModuleShape narrow = shapeOf(64, 10);
    CHECK_EQ(activeRank(ModuleAllocation{{8, 8, 8}, 2, 16, 0}, RouterKind::TopK, narrow), 10);
}

HILO_TEST(aDistillationStartsWithTheSameProductAndNoRankThatCannotLearn)
{
    const TemporaryFolder folder;
    const ModelSource model = REQUIRE_OK(openModel(dataFile("models/llama")));
    AdapterContent quick =
        withProducts(contentOf(*writeRandomAdapter(folder / "own", "llama", freeMixture), model.config));
    // An expert that nobody used: its B stayed zero.
    ExpertContent& unused = quick.modules.front().experts.front();
    std::fill(unused.b.begin(), unused.b.end(), 0.0f);
    const AdapterContent start = balancedStart(quick, std::vector<std::int64_t>(quick.modules.size(), 0));
    const AdapterContent cut = balancedStart(quick, std::vector<std::int64_t>(quick.modules.size(), 2));
    for (std::size_t i = 0; i < quick.modules.size(); ++i) {
        CHECK((productOf(start.modules[i]) - productOf(quick.modules[i])).abs().max().item<double>() < 1e-5);
        CHECK_EQ(cut.modules[i].experts.front().rank, 2);
        const ExpertContent& expert = start.modules[i].experts.front();
        const torch::Tensor a = torch::tensor(expert.a).view({expert.rank, -1});
        CHECK(a.norm(2, {1}).min().item<double>() > 1e-3);
    }
}

HILO_TEST(aDistilledAdapterIsNearerToTheMixtureThanMeanWeights)
{
    ExportRequest request = distilled("peft-distilled", "distilled");
    request.distillation->steps = 150;
    request.distillation->learningRate = 0.02;
    const ExportReport report = REQUIRE_OK(exportAdapter(request, {}));
    CHECK(report.fit == Fit::StaticApproximation);
    CHECK(report.verification.difference <= report.verification.tolerance);
    CHECK_EQ(report.verification.against, "the distilled adapter");
    const StaticCost& cost = report.staticCost.value();
    const DistilledCost& how = cost.distilled.value();
    CHECK_CONTAINS(how.divergenceAfter < 0.9 * how.divergenceBefore ? "nearer" : toJson(report).dump(), "nearer");
    CHECK(how.rowsKeptBack > 0 && how.rows > how.rowsKeptBack && how.keptStep > 0 && how.tokens > 0);
    // On rows of another split, which it has not seen.
    CHECK(std::abs(cost.lossAfter - cost.lossBefore) < std::abs(how.lossOfMeans - cost.lossBefore));
    CHECK(how.accuracyOfMeans.has_value());
    // As many ranks as the mixture's tokens use, by module.
    const RunSpec spec = REQUIRE_OK(readRunSpec(trained().run("run") / "run.json"));
    std::int64_t most = 0;
    for (const auto& layer : spec.map.layers)
        for (const auto& [name, module] : layer)
            most = std::max(most, activeRank(module, RouterKind::TopK, shapeOf(1 << 20, 1 << 20)));
    const Json config = REQUIRE_OK(readJsonFile(report.folder / "adapter_config.json"));
    CHECK_EQ(config["r"].get<std::int64_t>(), most);
    CHECK_EQ(cost.rank, most);
    const std::string readme = readText(report.folder / "README.md");
    CHECK_CONTAINS(readme, "| | with routers | mean weights | in this folder, distilled | difference |");
    CHECK_CONTAINS(readme, "150 steps");
    const Json json = toJson(report)["static_approximation"]["distilled"];
    CHECK_EQ(json["steps"].get<int>(), 150);
    CHECK_EQ(json["on"].get<std::string>(), "answers");
}

HILO_TEST(theSeedMakesTheAdapter)
{
    const auto weights = [](const std::string& out, std::int64_t seed) {
        ExportRequest request = distilled("peft-distilled", out);
        request.distillation->steps = 5;
        request.distillation->seed = seed;
        request.rank = 3;
        const ExportReport report = REQUIRE_OK(exportAdapter(request, {}));
        CHECK_EQ(report.staticCost->rank, 3);
        return readText(report.folder / "adapter_model.safetensors");
    };
    const std::string first = weights("seed-1", 1);
    CHECK(first == weights("seed-1-again", 1));
    CHECK(first != weights("seed-2", 2));
}

HILO_TEST(otherFormatsHoldTheDistilledAdapter)
{
    for (const char* format : {"gguf-lora", "merged", "merged-gguf"}) {
        ExportRequest request = distilled(format, std::string("distilled-") + format);
        request.distillation->steps = 10;
        request.distillation->tokens = DistilledTokens::All;
        request.distillation->layerWeight = 1;
        const ExportReport report = REQUIRE_OK(exportAdapter(request, {}));
        CHECK(report.staticCost->distilled.has_value());
        CHECK(report.verification.difference <= report.verification.tolerance);
        CHECK_CONTAINS(report.verification.against, "the distilled adapter");
        CHECK_EQ(toJson(report)["static_approximation"]["distilled"]["on"].get<std::string>(), "all");
    }
}

HILO_TEST(whatCannotBeDistilledIsRefused)
{
    const auto refused = [](const ExportRequest& request, const std::string& what) {
        const Error error = REQUIRE_ERROR(exportAdapter(request, {}));
        CHECK_CONTAINS(describe(error), what);
        CHECK(!fs::exists(request.out));
    };
    refused(distilled("hilo", "no-hilo"), "hilo is not distilled");
    refused(distilled("peft-static", "no-static"), "peft-static is not distilled");
    const TemporaryFolder folder;
    writeRandomAdapter(folder / "plain", "llama", variedPlain);
    ExportRequest plain = requestFor(folder / "plain", "llama", "merged", folder / "out");
    plain.distillation = DistillationSettings{};
    refused(plain, "nothing to distil");
    plain.format = "peft-distilled";
    refused(plain, "nothing to distil");
    ExportRequest wild = distilled("peft-distilled", "wild");
    wild.distillation->learningRate = 1e30;
    refused(wild, "--distill-learning-rate");
}

HILO_TEST(aCancelledDistillationLeavesNothing)
{
    std::atomic<bool> flag{false};
    bool hasBegun = false;
    const Progress progress(
        [&](const ProgressReport& report) {
            if (report.what == "Distilling") {
                hasBegun = true;
                flag = true;
            }
        },
        &flag);
    const ExportRequest request = distilled("peft-distilled", "cancelled");
    CHECK(REQUIRE_ERROR(exportAdapter(request, progress)).code == ErrorCode::Cancelled);
    CHECK(hasBegun);
    CHECK(!fs::exists(request.out));
}
