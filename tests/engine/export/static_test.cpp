// SPDX-License-Identifier: GPL-3.0-or-later
#include "random_adapter.h"

#include "engine/export/content.h"
#include "engine/export/plain_adapter.h"
#include "engine/export/probe.h"
#include "engine/export/static_adapter.h"
#include "engine/train/tiny_run.h"
#include "engine/train/train_run.h"
#include "formats/model_source.h"
#include "tokenizer/tokenizer.h"

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

AdapterContent mixture(const ModelConfig& model)
{
    const TemporaryFolder folder;
    return contentOf(*writeRandomAdapter(folder / "own", "llama", freeMixture), model);
}

torch::Tensor productOf(const ModuleContent& module, const std::vector<double>& weights)
{
    torch::Tensor sum = torch::zeros({module.shape.out, module.shape.in}, torch::kFloat64);
    for (std::size_t i = 0; i < module.experts.size(); ++i) {
        const ExpertContent& expert = module.experts[i];
        const auto matrix = [](const std::vector<float>& values, std::int64_t rows, std::int64_t columns) {
            return torch::tensor(values, torch::kFloat64).view({rows, columns});
        };
        sum += matrix(expert.b, module.shape.out, expert.rank).matmul(matrix(expert.a, expert.rank, module.shape.in)) *
               (expert.scale * weights[i]);
    }
    return sum;
}

} // namespace

HILO_TEST(collapsingIsTheWeightedSumOfTheExperts)
{
    const ModelSource source = REQUIRE_OK(openModel(dataFile("models/llama")));
    const AdapterContent content = mixture(source.config);
    std::vector<std::vector<double>> weights;
    for (const ModuleContent& module : content.modules) {
        weights.emplace_back();
        for (std::size_t i = 0; i < module.experts.size(); ++i)
            weights.back().push_back(0.1 + 0.3 * static_cast<double>(i));
    }
    const AdapterContent whole = collapse(content, weights, 0);
    const AdapterContent cut = collapse(content, weights, 3);
    CHECK(!whole.isRouted());
    CHECK_EQ(cut.largestRank(), 3);
    for (std::size_t i = 0; i < content.modules.size(); ++i) {
        const torch::Tensor expected = productOf(content.modules[i], weights[i]);
        CHECK((productOf(whole.modules[i], {1}) - expected).abs().max().item<double>() < 1e-5);
        // Eckart and Young: no matrix of rank 3 is nearer than the singular values that are left out.
        const torch::Tensor singular = torch::linalg_svdvals(expected);
        const double best = singular.narrow(0, 3, singular.size(0) - 3).norm().item<double>();
        const double actual = (productOf(cut.modules[i], {1}) - expected).norm().item<double>();
        CHECK_NEAR(actual, best, 1e-4 * (1 + best));
    }
}

HILO_TEST(gatesAreThoseOfTheFusedPath)
{
    for (const RouterKind router : {RouterKind::TopK, RouterKind::TopKNull, RouterKind::Dense, RouterKind::TopP}) {
        const TemporaryFolder folder;
        AdapterSettings settings;
        settings.router = router;
        const auto adapter = writeRandomAdapter(
            folder / "own", "llama",
            [&](std::int64_t, const std::string&) {
                return ModuleAllocation{{2, 3, 1}, 2, 6, router == RouterKind::TopKNull ? 2 : 0};
            },
            settings);
        const ModelSource source = REQUIRE_OK(openModel(dataFile("models/llama")));
        const auto decoder = REQUIRE_OK(Decoder::load(source, torch::kFloat32, torch::kCPU));
        const PackedBatch probe = probeBatch(source.config);
        PlainAdapter plain(contentOf(*adapter, source.config));
        const LogitDifference found =
            compareLogits(probeLogits(*decoder, &plain, probe), probeLogits(*decoder, adapter.get(), probe));
        CHECK(found.greatest < 1e-4);
        CHECK(compareLogits(probeLogits(*decoder, &plain, probe), probeLogits(*decoder, nullptr, probe)).greatest >
              0.1);
    }
}

HILO_TEST(aMixtureIsExportedAsAMeasuredApproximation)
{
    const TinyRun tiny(Json{{"steps", 30}});
    REQUIRE_OK(startRun(REQUIRE_OK(readRunSpec(tiny.spec())), tiny.run("run"), {}));
    std::vector<double> differences;
    for (const std::int64_t rank : {0, 4, 1}) {
        ExportRequest request;
        request.source = tiny.run("run");
        request.format = "peft-static";
        request.out = tiny.folder() / ("static-" + std::to_string(rank));
        request.rank = rank;
        request.calibrationRows = 40;
        request.threads = 1;
        const ExportReport report = REQUIRE_OK(exportAdapter(request, {}));
        CHECK(report.fit == Fit::StaticApproximation);
        CHECK(report.verification.difference <= 1e-4);
        const StaticCost& cost = report.staticCost.value();
        CHECK_EQ(cost.rows, 24);
        CHECK(cost.calibrationTokens > 40 * 4);
        CHECK(cost.lossBefore > 0 && cost.lossAfter > 0 && cost.lossAfter != cost.lossBefore);
        // What the run itself measured at its end.
        CHECK_NEAR(cost.accuracyBefore.value(), eventsOf(tiny.run("run"), "finished").at(0)["accuracy"].get<double>(),
                   1e-9);
        CHECK(cost.logitDifference > 1e-4);
        differences.push_back(cost.logitDifference);
        const std::string readme = readText(request.out / "README.md");
        CHECK_CONTAINS(readme, "static approximation");
        CHECK_CONTAINS(readme, "| accuracy |");
        CHECK_CONTAINS(readme, "95 % interval");
        const Json config = REQUIRE_OK(readJsonFile(request.out / "adapter_config.json"));
        if (rank > 0)
            CHECK_EQ(config["r"].get<int>(), static_cast<int>(rank));
    }
    CHECK(differences[2] != differences[0]);
}

HILO_TEST(aMixtureIsMergedAndWrittenForLlamaCpp)
{
    const TinyRun tiny(Json{{"steps", 10}});
    REQUIRE_OK(startRun(REQUIRE_OK(readRunSpec(tiny.spec())), tiny.run("run"), {}));
    for (const char* format : {"merged", "merged-gguf", "gguf-lora"}) {
        ExportRequest request;
        request.source = tiny.run("run");
        request.format = format;
        request.out = tiny.folder() / format;
        request.calibrationRows = 10;
        request.threads = 1;
        const ExportReport report = REQUIRE_OK(exportAdapter(request, {}));
        CHECK(report.staticCost.has_value());
        const std::string rounded = std::string(format) == "merged-gguf" ? ", its weights rounded to float16" : "";
        CHECK_EQ(report.verification.against, "the static approximation" + rounded);
        CHECK(report.verification.difference <= report.verification.tolerance);
    }
    // The sample's SentencePiece vocabulary went along both ways.
    CHECK(fs::exists(tiny.folder() / "merged/tokenizer.json"));
    const auto original = REQUIRE_OK(Tokenizer::load(tiny.folder() / "model"));
    const auto inGguf = REQUIRE_OK(Tokenizer::load(tiny.folder() / "merged-gguf/model.gguf"));
    CHECK(REQUIRE_OK(original->encode("the small tree")) == REQUIRE_OK(inGguf->encode("the small tree")));
}
