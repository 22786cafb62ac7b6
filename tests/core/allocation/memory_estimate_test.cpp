// SPDX-License-Identifier: GPL-3.0-or-later
#include "models.h"

#include "allocation/memory_estimate.h"
#include "allocation/parameters.h"
#include "formats/expected_tensors.h"

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
    EstimateConstants constants;
    constants.fragmentation = 0;
    const auto activations = [&](const ModelConfig& model) {
        return estimateMemory(emptyMap(model), model, settings, constants).activations;
    };
    const ModelConfig plain = gemma4(Json::object());
    // Input and middle, gate and up; queries, keys and values of 8, 4 and 4 heads of 16 or 32 values; the final norm's.
    CHECK_EQ(activations(plain), 100 * 2 * (4 * (2 * 64 + 2 * 96) + 2 * 16 * (16 + 32) + 3 * 64));
    CHECK_EQ(activations(plain) - activations(gemma4({{"num_kv_shared_layers", 2}})), 100 * 2 * 8 * (16 + 32));
    CHECK_EQ(activations(gemma4({{"num_kv_shared_layers", 2}, {"use_double_wide_mlp", true}})) -
                 activations(gemma4({{"num_kv_shared_layers", 2}})),
             100 * 2 * 2 * 2 * 96);
    CHECK(activations(gemma4({{"hidden_size_per_layer_input", 8}})) > activations(plain));

    // Flash attention has no kernel for heads of more than 256 values.
    settings.onGpu = true;
    settings.batch = largestBatch(1, 4096);
    const std::int64_t oneMatrix = std::int64_t{4096} * 4096 * 8 * 4;
    const ModelConfig large = gemma4({{"global_head_dim", 512}});
    CHECK(estimateMemory(emptyMap(plain), plain, settings).workspace < oneMatrix);
    CHECK(estimateMemory(emptyMap(large), large, settings).workspace > oneMatrix);
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
