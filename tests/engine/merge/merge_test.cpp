// SPDX-License-Identifier: GPL-3.0-or-later
// Merging adapters: the formulas on small numbers, contents, and a folder that trains and evaluates.
#include "engine/export/content.h"
#include "engine/export/plain_adapter.h"
#include "engine/export/probe.h"
#include "engine/export/random_adapter.h"
#include "engine/merge/delta_formulas.h"
#include "engine/merge/merge_adapters.h"
#include "engine/merge/merge_content.h"
#include "engine/train/tiny_run.h"
#include "engine/train/train_run.h"
#include "formats/model_source.h"

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

std::vector<double> listOf(const torch::Tensor& tensor)
{
    const torch::Tensor flat = tensor.to(torch::kFloat64).contiguous();
    return {flat.data_ptr<double>(), flat.data_ptr<double>() + flat.numel()};
}

WeightedDeltas example()
{
    return {torch::tensor({{3.0, -2.0, 0.5, 1.0}, {1.0, 4.0, -0.1, -1.0}}, torch::kFloat64), {1.0, 0.5}};
}

torch::Tensor productOf(const ModuleContent& module)
{
    torch::Tensor sum = torch::zeros({module.shape.out, module.shape.in}, torch::kFloat64);
    for (const ExpertContent& expert : module.experts)
        sum += torch::tensor(expert.b, torch::kFloat64)
                   .view({module.shape.out, expert.rank})
                   .matmul(torch::tensor(expert.a, torch::kFloat64).view({expert.rank, module.shape.in})) *
               expert.scale;
    return sum;
}

const ModelSource& model()
{
    static const ModelSource source = REQUIRE_OK(openModel(dataFile("models/llama")));
    return source;
}

std::vector<MergeInput> inputsBy(const Choose& first, const Choose& second)
{
    const TemporaryFolder folder;
    AdapterSettings settings;
    std::vector<MergeInput> inputs{
        {"one", contentOf(*writeRandomAdapter(folder / "one", "llama", first), model().config)}};
    settings.seed = 2;
    inputs.push_back(
        {"two", contentOf(*writeRandomAdapter(folder / "two", "llama", second, settings), model().config)});
    // Random adapters of one map have the same numbers.
    for (ModuleContent& module : inputs[1].content.modules)
        for (ExpertContent& expert : module.experts)
            std::reverse(expert.b.begin(), expert.b.end());
    return inputs;
}

ModuleAllocation oneRank(std::int64_t, const std::string&)
{
    return {{4}, 1, 8, 0};
}

ModuleAllocation otherRank(std::int64_t, const std::string& module)
{
    return module == "q_proj" ? ModuleAllocation{} : ModuleAllocation{{2}, 1, 8, 0};
}

torch::Tensor logitsOf(const AdapterContent& content)
{
    static const auto decoder = REQUIRE_OK(Decoder::load(model(), torch::kFloat32, torch::kCPU));
    PlainAdapter adapter(content);
    return probeLogits(*decoder, &adapter, probeBatch(model().config));
}

} // namespace

HILO_TEST(deltasAreMergedAsThePapersSay)
{
    CHECK(listOf(linearSum(example())) == (std::vector<double>{3.5, 0, 0.45, 0.5}));
    CHECK(listOf(trimmed(example().deltas[0], 0.5)) == (std::vector<double>{3, -2, 0, 0}));
    // int(0.7·4) = 2 of them.
    CHECK(listOf(trimmed(example().deltas[1], 0.7)) == (std::vector<double>{1, 4, 0, 0}) ||
          listOf(trimmed(example().deltas[1], 0.7)) == (std::vector<double>{0, 4, 0, -1}));
    // Signs by the sums 4, 2, 0.4, 0 (counts as positive): means of what agrees, weighted.
    CHECK(listOf(disjointMerge(example(), SignElection::Total)) == (std::vector<double>{1.75, 2, 0.5, 1}));
    // By the signs 2, 0, 0, 0.
    CHECK(listOf(disjointMerge(example(), SignElection::Frequency)) == (std::vector<double>{1.75, 2, 0.5, 1}));
    CHECK(listOf(tiesMerge(example(), 0.25, SignElection::Total)) == (std::vector<double>{3, 2, 0, 0}));
    const WeightedDeltas opposed{torch::tensor({{5.0}, {-1.0}, {-1.0}}, torch::kFloat64), {1, 1, 1}};
    CHECK(listOf(disjointMerge(opposed, SignElection::Total)) == (std::vector<double>{5}));
    CHECK(listOf(disjointMerge(opposed, SignElection::Frequency)) == (std::vector<double>{-1}));
}

HILO_TEST(droppedElementsAreMadeUpForByTheRest)
{
    const torch::Tensor delta = torch::full({200, 100}, 3.0, torch::kFloat64);
    const torch::Tensor kept = droppedAndRescaled(delta, 0.25, 11);
    const double share = (kept != 0).to(torch::kFloat64).mean().item<double>();
    CHECK_NEAR(share, 0.25, 0.02);
    CHECK(((kept == 0) | (kept == 12)).all().item<bool>());
    CHECK(torch::equal(kept, droppedAndRescaled(delta, 0.25, 11)));
    CHECK(!torch::equal(kept, droppedAndRescaled(delta, 0.25, 12)));
    CHECK(torch::equal(droppedAndRescaled(delta, 1, 11), delta));
}

HILO_TEST(plainAdaptersBecomeWhatTheMethodSays)
{
    const std::vector<MergeInput> inputs = inputsBy(oneRank, otherRank);
    MergeSettings settings;
    settings.weights = {0.7, -0.4};
    settings.method = MergeMethod::Cat;
    const AdapterContent cat = REQUIRE_OK(mergeContents(inputs, settings, {}));
    settings.method = MergeMethod::Svd;
    settings.rank = 6;
    const AdapterContent svd = REQUIRE_OK(mergeContents(inputs, settings, {}));
    CHECK_EQ(cat.modules.size(), inputs[0].content.modules.size());
    for (std::size_t i = 0; i < cat.modules.size(); ++i) {
        const ModuleContent& module = cat.modules[i];
        torch::Tensor expected = 0.7 * productOf(inputs[0].content.modules[i]);
        const ModuleContent* other = findModule(inputs[1].content, module.layer, module.shape.name);
        if (other)
            expected = expected - 0.4 * productOf(*other);
        CHECK((productOf(module) - expected).abs().max().item<double>() < 1e-5);
        // Six ranks hold the sum.
        CHECK((productOf(svd.modules[i]) - expected).abs().max().item<double>() < 1e-4);
        CHECK_EQ(module.experts.front().rank, other ? 6 : 4);
    }
    settings.rank = 0;
    CHECK_EQ(REQUIRE_OK(mergeContents(inputs, settings, {})).largestRank(), 4);
}

HILO_TEST(halvesAreMergedByThemselves)
{
    const std::vector<MergeInput> inputs = inputsBy(oneRank, oneRank);
    MergeSettings settings;
    settings.method = MergeMethod::Linear;
    settings.weights = {0.5, 2};
    const AdapterContent merged = REQUIRE_OK(mergeContents(inputs, settings, {}));
    const ExpertContent &one = inputs[0].content.modules[0].experts[0], &two = inputs[1].content.modules[0].experts[0];
    for (std::size_t i = 0; i < one.a.size(); ++i)
        CHECK_NEAR(merged.modules[0].experts[0].a[i],
                   std::sqrt(0.5 * one.scale) * one.a[i] + std::sqrt(2 * two.scale) * two.a[i], 1e-5);
    CHECK_EQ(merged.modules[0].experts[0].scale, 1);
    // Without anything dropped DARE is what it was.
    settings.method = MergeMethod::DareLinear;
    settings.density = 1;
    CHECK(merged.modules[0].experts[0].a == REQUIRE_OK(mergeContents(inputs, settings, {})).modules[0].experts[0].a);
}

HILO_TEST(anAdapterBesideItselfIsTheSameFunction)
{
    for (const RouterKind router : {RouterKind::TopK, RouterKind::TopKNull, RouterKind::Dense}) {
        const TemporaryFolder folder;
        AdapterSettings settings;
        settings.router = router;
        const AdapterContent content =
            contentOf(*writeRandomAdapter(
                          folder / "own", "llama",
                          [&](std::int64_t, const std::string&) {
                              return ModuleAllocation{{2, 3, 1}, 2, 6, router == RouterKind::TopKNull ? 2 : 0};
                          },
                          settings),
                      model().config);
        MergeSettings merge;
        merge.method = MergeMethod::SideBySide;
        const AdapterContent merged = REQUIRE_OK(mergeContents({{"one", content}, {"two", content}}, merge, {}));
        CHECK_EQ(merged.modules[0].experts.size(), 6u);
        CHECK_EQ(merged.modules[0].topK, 4);
        CHECK((logitsOf(merged) - logitsOf(content)).abs().max().item<double>() < 1e-3);
        // It is an adapter, with all that its map asks for.
        const auto adapter = REQUIRE_OK(adapterOf(merged, "merged"));
        CHECK((logitsOf(contentOf(*adapter, model().config)) - logitsOf(merged)).abs().max().item<double>() < 1e-4);
        merge.topK = 1;
        CHECK_EQ(REQUIRE_OK(mergeContents({{"one", content}, {"two", content}}, merge, {})).modules[0].topK, 1);
    }
}

HILO_TEST(plainAdaptersSideBySideBeginEvenly)
{
    const std::vector<MergeInput> inputs = inputsBy(oneRank, otherRank);
    MergeSettings settings;
    settings.method = MergeMethod::SideBySide;
    const AdapterContent mixture = REQUIRE_OK(mergeContents(inputs, settings, {}));
    CHECK(mixture.isRouted());
    AdapterContent even;
    even.model = mixture.model;
    // Half of each, but for the module that one of them has alone.
    for (const ModuleContent& module : mixture.modules) {
        ModuleContent one = module;
        one.router.clear();
        one.experts = {module.experts.front()};
        if (module.experts.size() > 1) {
            settings.method = MergeMethod::Cat;
            settings.weights = {0.5, 0.5};
            one = *findModule(REQUIRE_OK(mergeContents(inputs, settings, {})), module.layer, module.shape.name);
        }
        even.modules.push_back(one);
    }
    CHECK((logitsOf(mixture) - logitsOf(even)).abs().max().item<double>() < 1e-3);
}

HILO_TEST(whatCannotBeMergedIsRefused)
{
    const auto refused = [](const std::vector<MergeInput>& inputs, const MergeSettings& settings,
                            const std::string& what) {
        CHECK_CONTAINS(describe(REQUIRE_ERROR(mergeContents(inputs, settings, {}))), what);
    };
    MergeSettings settings;
    settings.method = MergeMethod::Linear;
    refused(inputsBy(oneRank, otherRank), settings, "ranks must be equal");
    refused(inputsBy(oneRank, freeMixture), settings, "chooses among experts");
    refused({inputsBy(oneRank, oneRank).front()}, settings, "two adapters");
    settings.weights = {1};
    refused(inputsBy(oneRank, oneRank), settings, "1 numbers for 2");
    settings.weights = {0, 0};
    refused(inputsBy(oneRank, oneRank), settings, "all 0");
    settings.weights = {};
    settings.density = 1.5;
    refused(inputsBy(oneRank, oneRank), settings, "--density");
}

HILO_TEST(aMergedAdapterIsMeasuredAndTrainedOn)
{
    const TinyRun tiny(Json{{"steps", 10}});
    RunSpec spec = REQUIRE_OK(readRunSpec(tiny.spec()));
    REQUIRE_OK(startRun(spec, tiny.run("one"), {}));
    spec.training.seed = 2;
    REQUIRE_OK(startRun(spec, tiny.run("two"), {}));
    MergeRequest request;
    request.model = spec.modelPath;
    request.adapters = {tiny.run("one"), tiny.run("two")};
    request.out = tiny.folder() / "merged";
    request.settings.method = MergeMethod::SideBySide;
    request.threads = 1;
    MergeData data;
    data.name = "own";
    data.data = spec.tasks.front().data;
    data.evaluation = spec.evaluation;
    data.maxLength = spec.training.maxLength;
    request.data = {data};
    const MergeReport report = REQUIRE_OK(mergeAdapters(request, {}));
    CHECK_EQ(report.costs.size(), 1u);
    const MergeCost& cost = report.costs.front();
    CHECK_EQ(cost.adapters.size(), 2u);
    // Each alone is what its run found at its end.
    for (std::size_t i = 0; i < 2; ++i)
        CHECK_NEAR(cost.adapters[i].accuracy.value(),
                   eventsOf(request.adapters[i], "finished").at(0)["accuracy"].get<double>(), 1e-9);
    CHECK(cost.base.loss.has_value() && cost.merged.loss.has_value());
    const Json record = REQUIRE_OK(readJsonFile(request.out / "merge.json"));
    CHECK_EQ(record["adapters"].size(), 2u);
    CHECK_EQ(record["settings"]["method"].get<std::string>(), "side_by_side");
    CHECK_NEAR(record["measured"][0]["merged"]["loss"].get<double>(), *cost.merged.loss, 1e-12);

    // As a start: the first loss is that of the merged adapter, and it learns.
    RunSpec on = spec;
    on.map = REQUIRE_OK(readAllocationMap(request.out / "allocation.map.json"));
    on.training.startFrom = request.out.string();
    REQUIRE_OK(startRun(on, tiny.run("on"), {}));
    CHECK_EQ(eventsOf(tiny.run("on"), "finished").size(), 1u);
    CHECK_CONTAINS(describe(REQUIRE_ERROR(mergeAdapters(request, {}))), "merged");
}
