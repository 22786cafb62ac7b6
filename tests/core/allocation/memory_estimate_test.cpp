// SPDX-License-Identifier: GPL-3.0-or-later
#include "models.h"

#include "allocation/memory_estimate.h"
#include "allocation/parameters.h"
#include "formats/expected_tensors.h"
#include "formats/layer_modules.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

AllocationMap emptyMap(const ModelConfig& model)
{
    AllocationMap map;
    map.layers.resize(static_cast<std::size_t>(model.layers));
    return map;
}

} // namespace

HILO_TEST(quantisedLinearWeightsTakeTheirBits)
{
    const ModelConfig model = llama2With7B();
    const AllocationMap map = emptyMap(model);
    EstimateSettings settings;
    settings.baseBytes = 2;
    settings.batch = largestBatch(1, 16);
    const std::int64_t whole = estimateMemory(map, model, settings).weights;
    CHECK_EQ(whole, 2 * parameterCount(model));
    // All but embedding, output and norms: 32 · (4 · 4096² + 3 · 4096 · 11008).
    const double linear = 32.0 * (4.0 * 4096 * 4096 + 3.0 * 4096 * 11008);
    settings.linearBytes = quantisedBytes("nf4");
    CHECK_NEAR(static_cast<double>(estimateMemory(map, model, settings).weights),
               static_cast<double>(whole) - linear * (2 - 0.515869140625), 2);
    settings.linearBytes = quantisedBytes("int8");
    CHECK_NEAR(static_cast<double>(estimateMemory(map, model, settings).weights), static_cast<double>(whole) - linear,
               2);
    CHECK_EQ(quantisedBytes("none"), 0.0);
    // On a GPU one weight is made whole for its products.
    settings.onGpu = true;
    CHECK_NEAR(static_cast<double>(estimateMemory(map, model, settings).weights),
               static_cast<double>(whole) - linear + 2.0 * 4096 * 11008, 2);
}

HILO_TEST(flashAttentionHasNoScoreMatrices)
{
    const ModelConfig model = llama2With7B();
    const AllocationMap map = emptyMap(model);
    EstimateSettings settings;
    settings.baseBytes = 2;
    settings.batch = largestBatch(1, 4096);
    const std::int64_t cpu = estimateMemory(map, model, settings).workspace;
    settings.onGpu = true;
    const std::int64_t oneMatrix = std::int64_t{4096} * 4096 * 32 * 4;
    CHECK(cpu > oneMatrix);
    CHECK(estimateMemory(map, model, settings).workspace < oneMatrix);
}

HILO_TEST(layersThatDifferAreCountedOneByOne)
{
    const auto gemma4 = [](const Json& keys) {
        Json document = {{"model_type", "gemma4_text"},
                         {"num_hidden_layers", 4},
                         {"hidden_size", 64},
                         {"intermediate_size", 96},
                         {"vocab_size", 50},
                         {"head_dim", 16},
                         {"global_head_dim", 32},
                         {"hidden_size_per_layer_input", 0}};
        document["layer_types"] = {"sliding_attention", "full_attention", "sliding_attention", "full_attention"};
        document.update(keys);
        return REQUIRE_OK(parseModelConfig(document, "config.json"));
    };
    EstimateSettings settings;
    settings.baseBytes = 2;
    settings.batch = largestBatch(1, 100);
    const auto activations = [&](const ModelConfig& model) {
        AllocationMap map = emptyMap(model);
        for (std::int64_t layer = 0; layer < model.layers; ++layer)
            for (const ModuleShape& shape : layerModules(model, layer))
                map.layers[static_cast<std::size_t>(layer)][shape.name] = ModuleAllocation{{1}, 1, 16, 0};
        return estimateMemory(map, model, settings).activations;
    };
    const ModelConfig plain = gemma4(Json::object());
    // Input and middle twice, for there are norms behind the branches, gate and up; queries, keys and values of 8, 4
    // and 4 heads of 32 values, those with a norm twice.
    CHECK_EQ(largestLayerBytes(emptyMap(plain), plain, 2), 2 * (4 * 64 + 2 * 96 + 2 * 8 * 32 + 3 * 4 * 32));
    // Two layers lack keys and values, what norms get of the keys, and two ranks each.
    CHECK_EQ(activations(plain) - activations(gemma4({{"num_kv_shared_layers", 2}})),
             100 * (2 * 3 * 4 * (16 + 32) + 4 * 4));
    // Gate, up and the adapter's input in front of down.
    CHECK_EQ(activations(gemma4({{"num_kv_shared_layers", 2}, {"use_double_wide_mlp", true}})) -
                 activations(gemma4({{"num_kv_shared_layers", 2}})),
             100 * 2 * 2 * 3 * 96);
    CHECK(activations(gemma4({{"hidden_size_per_layer_input", 8}})) > activations(plain));

    // Flash attention has no kernel for heads of more than 256 values.
    settings.onGpu = true;
    settings.batch = largestBatch(1, 4096);
    const std::int64_t oneMatrix = std::int64_t{4096} * 4096 * 8 * 4;
    const ModelConfig large = gemma4({{"global_head_dim", 512}});
    CHECK(estimateMemory(emptyMap(plain), plain, settings).workspace < oneMatrix);
    CHECK(estimateMemory(emptyMap(large), large, settings).workspace > oneMatrix);
}

HILO_TEST(gatedDeltaNetsCostTheSameForEachToken)
{
    ModelConfig model = llama2With7B();
    model.linearAttention = {16, 32, 128, 128, 4, std::vector<bool>(32, true)};
    const AllocationMap map = emptyMap(model);
    const auto estimateOf = [&](std::int64_t length) {
        EstimateSettings settings;
        settings.batch = largestBatch(1, length);
        return estimateMemory(map, model, settings);
    };
    const auto operationsOf = [&](std::int64_t length) {
        EstimateSettings settings;
        settings.batch = largestBatch(1, length);
        return operationsPerToken(map, model, settings);
    };
    CHECK_NEAR(static_cast<double>(estimateOf(8192).workspace), 2.0 * static_cast<double>(estimateOf(4096).workspace),
               2);
    CHECK_EQ(operationsOf(8192), operationsOf(4096));
    CHECK(operationsOf(64) > 4.0 * static_cast<double>(parameterCount(model)));
    // Two inputs of the layer, queries to values, rates and times, the rule's output twice and the gate, gate and up.
    CHECK_EQ(largestLayerBytes(map, model, 4), 4 * (2 * 4096 + 8192 + 2 * 32 + 3 * 4096 + 2 * 11008));
    model.linearAttention.layers.back() = false;
    CHECK(estimateOf(65536).workspace > 3 * estimateOf(32768).workspace);
    CHECK(operationsOf(8192) > operationsOf(4096));
}

HILO_TEST(theFittingBatchIsTheLargestThatFits)
{
    const ModelConfig model = llama2With7B();
    const AllocationMap map = emptyMap(model);
    EstimateSettings settings;
    settings.baseBytes = 2;
    settings.onGpu = true;
    const EstimateConstants constants = gpuConstants();
    settings.batch = largestBatch(5, 1024);
    const std::int64_t five = estimateMemory(map, model, settings, constants).total;
    CHECK_EQ(fittingBatchSize(map, model, settings, 16, 1024, five, constants), 5);
    CHECK_EQ(fittingBatchSize(map, model, settings, 16, 1024, five - 1, constants), 4);
    CHECK_EQ(fittingBatchSize(map, model, settings, 3, 1024, five, constants), 3);
    CHECK_EQ(fittingBatchSize(map, model, settings, 16, 1024, std::int64_t{1} << 30, constants), 0);
}

namespace {

/// Llama 2 with a map that has two experts of ranks 4 and 8 on these modules of these layers.
AllocationMap mapOn(const ModelConfig& model, const std::vector<std::string>& modules, std::size_t firstLayer = 0)
{
    AllocationMap map = emptyMap(model);
    for (std::size_t layer = firstLayer; layer < map.layers.size(); ++layer)
        for (const std::string& module : modules)
            map.layers[layer][module] = {{4, 8}, 1, 8, 0};
    return map;
}

EstimateSettings settingsOf(const BatchShape& batch)
{
    EstimateSettings settings;
    settings.batch = batch;
    return settings;
}

constexpr std::int64_t hidden = 4096, intermediate = 11008, layers = 32;

} // namespace

HILO_TEST(activationsAreWhatTheBackwardPassReads)
{
    const ModelConfig model = llama2With7B();
    const std::int64_t behind = 3 * hidden * 4;
    const auto perToken = [&](const AllocationMap& map, const ModelConfig& config, bool recompute = false) {
        EstimateSettings settings = settingsOf(largestBatch(1, 10));
        settings.recomputeActivations = recompute;
        return estimateMemory(map, config, settings).activations / 10 - behind;
    };
    // Input, middle, query, key, value, gate and up; of a module with an adapter its input, and 12 ranks and 2 logits
    // twice in float32.
    const std::int64_t plain = 4 * (5 * hidden + 2 * intermediate);
    const std::int64_t down = plain + 4 * (intermediate + 16);
    CHECK_EQ(perToken(mapOn(model, {"down_proj"}), model), layers * down);
    CHECK_EQ(perToken(mapOn(model, {"q_proj", "k_proj"}), model), layers * (plain + 4 * (hidden + 2 * 16)));
    // Recomputed: every layer's input, and one layer.
    CHECK_EQ(perToken(mapOn(model, {"down_proj"}), model, true), layers * 4 * hidden + down);
    // In front of the first adapter nothing is kept; behind it everything.
    CHECK_EQ(perToken(mapOn(model, {"down_proj"}, 30), model), 2 * down);
    AllocationMap middle = emptyMap(model);
    middle.layers[10]["down_proj"] = {{4, 8}, 1, 8, 0};
    CHECK_EQ(perToken(middle, model), down + 21 * plain);
    // What norms of queries and keys, a clamp and norms behind the branches get is kept beside what they give.
    ModelConfig normed = model;
    normed.queryKeyNorm = QueryKeyNorm::PerHead;
    CHECK_EQ(perToken(mapOn(model, {"down_proj"}), normed), layers * (down + 4 * 2 * hidden));
    ModelConfig clipped = model;
    clipped.clipQueryKeyValue = 8;
    CHECK_EQ(perToken(mapOn(model, {"down_proj"}), clipped), layers * (down + 4 * 3 * hidden));
    ModelConfig post = model;
    post.postNorms = true;
    CHECK_EQ(perToken(mapOn(model, {"down_proj"}), post), layers * (down + 4 * 2 * hidden));
}

HILO_TEST(theWorkspaceIsTheWidestOfTheGradientsOnTheWay)
{
    const ModelConfig model = llama2With7B();
    // Short rows: four times the MLP's width less the freed input of down_proj, and twice the hidden width.
    const MemoryEstimate narrow = estimateMemory(mapOn(model, {"down_proj"}), model, settingsOf(largestBatch(4, 8)));
    CHECK_EQ(narrow.workspace, 32 * 4 * (3 * intermediate + 2 * hidden));
    // Long rows: three matrices of scores, what attention holds, less what the MLP has freed.
    const MemoryEstimate wide = estimateMemory(mapOn(model, {"down_proj"}), model, settingsOf(largestBatch(1, 4096)));
    const std::int64_t scores = std::int64_t{4096} * 4096 * 32 * 4;
    CHECK_EQ(wide.workspace, 3 * scores + 4096 * (4 * 6 * hidden - 4 * (2 * intermediate + intermediate + 16)));
}

HILO_TEST(logitsAreCountedAChunkAtATime)
{
    const ModelConfig model = llama2With7B();
    const AllocationMap map = mapOn(model, {"down_proj"});
    EstimateSettings settings = settingsOf(largestBatch(1, 64));
    EstimateConstants constants;
    // 64 rows of 32000 fit into a chunk.
    CHECK_EQ(estimateMemory(map, model, settings, constants).logits, 64 * 32000 * 4);
    constants.logitChunkBytes = 1 << 20;
    CHECK_EQ(estimateMemory(map, model, settings, constants).logits, 1 << 20);
    // A half-precision base makes them float32 for the loss, and back.
    settings.baseBytes = 2;
    CHECK_EQ(estimateMemory(map, model, settings, constants).logits, (1 << 20) * 6 / 4);
    settings.baseBytes = 4;
    // Where few tokens have a loss, their states and gradients are gathered.
    settings.batch.labels = 2;
    CHECK_EQ(estimateMemory(map, model, settings, constants).logits, 2 * 32000 * 4 + 2 * 2 * hidden * 4);
}

HILO_TEST(aBatchThatIsMeasuredCountsWhereItIsTheLargerOne)
{
    const ModelConfig model = llama2With7B();
    const AllocationMap map = mapOn(model, {"down_proj"});
    EstimateSettings settings = settingsOf(largestBatch(1, 16));
    const MemoryEstimate without = estimateMemory(map, model, settings);
    CHECK_EQ(without.evaluation, 0);
    CHECK_EQ(without.working(), without.activations + std::max(without.workspace, without.logits));
    settings.evaluationBytes =
        evaluationBytes(model, measuredEvaluation(std::vector<std::int64_t>(32, 64), 32), settings);
    const MemoryEstimate with = estimateMemory(map, model, settings);
    // The residual stream thrice, gate, up and their product, and what comes out; two matrices of scores.
    const std::int64_t passing = 2048 * 4 * (3 * hidden + 3 * intermediate + hidden);
    CHECK_EQ(with.evaluation, passing + 2 * (32 * 64 * 64 * 32 * 4));
    CHECK_EQ(with.working(), with.evaluation);
    CHECK_EQ(with.total - without.total, with.evaluation - without.working());
    // A smaller one is there at another time than a training step.
    settings.evaluationBytes = without.working() - 1;
    CHECK_EQ(estimateMemory(map, model, settings).total, without.total);
    // Texts that are generated keep keys and values of every layer.
    EvaluationShape generated = measuredEvaluation({64, 64}, 2);
    generated.cachedTokens = 2 * 80;
    CHECK_EQ(evaluationBytes(model, generated, settings),
             2 * 80 * 2 * hidden * layers * 4 + 128 * 4 * (4 * hidden + 3 * intermediate) + 2 * (2 * 64 * 64 * 32 * 4));
}

HILO_TEST(theLongestTextsAreMeasuredTogether)
{
    const EvaluationShape shape = measuredEvaluation({5, 40, 10, 30}, 2);
    CHECK_EQ(shape.tokens, 70);
    CHECK_EQ(shape.attentionPairs, 2 * 40 * 40);
    CHECK_EQ(measuredEvaluation({5}, 8).tokens, 5);
    CHECK_EQ(measuredEvaluation({}, 8).tokens, 0);
}

HILO_TEST(readingCountsWhereTheRestIsSmall)
{
    const ModelConfig model = llama2With7B();
    const AllocationMap map = emptyMap(model);
    EstimateSettings settings = settingsOf(largestBatch(1, 4));
    const MemoryEstimate without = estimateMemory(map, model, settings);
    settings.readingBytes = std::int64_t{1} << 30;
    const MemoryEstimate with = estimateMemory(map, model, settings);
    CHECK_EQ(with.working(), std::int64_t{1} << 30);
    CHECK_EQ(with.total - without.total, with.working() - without.working());
}

HILO_TEST(rowsOfAMappedEmbeddingThatNobodyAsksForStayOutOfMemory)
{
    // 64 rows of 4 KiB are four parts of 64 KiB; tokens of two of them are used.
    std::vector<bool> used(64, false);
    used[0] = used[3] = used[40] = true;
    CHECK_EQ(untouchedEmbedding(64, 4096, used), 2 * (64 << 10));
    CHECK_EQ(untouchedEmbedding(64, 4096, {}), 4 * (64 << 10));
    // A row that stands in two parts brings both; nothing is counted below zero.
    CHECK_EQ(untouchedEmbedding(3, 40 << 10, {false, true, false}), 0);
    const ModelConfig model = llama2With7B();
    EstimateSettings settings = settingsOf(largestBatch(1, 4));
    settings.untouchedBytes = 1000;
    CHECK_EQ(estimateMemory(emptyMap(model), model, settings).weights, 4 * parameterCount(model) - 1000);
}

HILO_TEST(theProcessIsWhatItIsFoundToBe)
{
    const ModelConfig model = llama2With7B();
    EstimateConstants constants = cpuConstants();
    CHECK(constants.processBytes > 0);
    constants.processBytes = estimatedProcess(std::int64_t{300} << 20);
    CHECK(constants.processBytes > std::int64_t{300} << 20);
    CHECK_EQ(estimateMemory(emptyMap(model), model, settingsOf(largestBatch(1, 4)), constants).process,
             constants.processBytes);
}
