// SPDX-License-Identifier: GPL-3.0-or-later
// Maps for models that are mixtures of experts themselves: adapters go on the attention.
#include "models.h"

#include "allocation/memory_estimate.h"
#include "allocation/parameters.h"
#include "base/text_format.h"
#include "formats/base_expert_modules.h"
#include "formats/expected_tensors.h"
#include "formats/model_source.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

/// Qwen3-30B-A3B.
const ModelConfig& model()
{
    static const ModelConfig config = required(parseModelConfig({{"model_type", "qwen3_moe"},
                                                                 {"hidden_size", 2048},
                                                                 {"intermediate_size", 6144},
                                                                 {"moe_intermediate_size", 768},
                                                                 {"num_hidden_layers", 48},
                                                                 {"num_attention_heads", 32},
                                                                 {"num_key_value_heads", 4},
                                                                 {"head_dim", 128},
                                                                 {"num_experts", 128},
                                                                 {"num_experts_per_tok", 8},
                                                                 {"norm_topk_prob", true},
                                                                 {"vocab_size", 151936},
                                                                 {"max_position_embeddings", 40960}},
                                                                "config.json"),
                                               "model", __FILE__, __LINE__);
    return config;
}

} // namespace

HILO_TEST(strategiesTakeTheAttentionAndSaySo)
{
    for (const char* strategy : {"lora", "uniform", "mola", "hilo"}) {
        const AllocationMap map = REQUIRE_OK(tryAllocate(model(), strategy, {}));
        CHECK(!map.layers[0].empty());
        for (const auto& layer : map.layers)
            for (const auto& [name, module] : layer)
                CHECK(name == "q_proj" || name == "k_proj" || name == "v_proj" || name == "o_proj");
        CHECK_CONTAINS(joined(map.notes, "\n"), "adapters go on its attention alone (q_proj, k_proj, v_proj, o_proj)");
    }
    // Whoever names them knows.
    CHECK_EQ(joined(REQUIRE_OK(tryAllocate(model(), "lora", {{"modules", "q_proj,v_proj"}})).notes, "\n"), "");
}

HILO_TEST(itsOwnExpertsAreRefusedByName)
{
    for (const char* name : {"gate_proj", "gate", "experts.0.up_proj", "mlp.experts.3.down_proj"}) {
        const Error error = REQUIRE_ERROR(tryAllocate(model(), "lora", {{"modules", name}}));
        CHECK_CONTAINS(error.message, name);
        CHECK_CONTAINS(error.hint, "its modules are q_proj, k_proj, v_proj, o_proj, experts.gate_up_proj");
        AllocationMap map = REQUIRE_OK(tryAllocate(model(), "lora", {}));
        map.layers[1][name] = {{4}, 1, 8, 0};
        const Error inMap = REQUIRE_ERROR(validateAllocationMap(map, model(), "map.json"));
        CHECK_EQ(inMap.place, "layers[1].modules." + std::string(name));
        CHECK_CONTAINS(inMap.hint, "its modules are q_proj, k_proj, v_proj, o_proj, experts.gate_up_proj");
    }
}

HILO_TEST(theActiveExpertsAloneCostTime)
{
    // As its name says: 30 billion parameters, 3 of them active.
    CHECK_NEAR(static_cast<double>(parameterCount(model())), 30.53e9, 0.01e9);
    CHECK_NEAR(static_cast<double>(activeParameterCount(model())), 3.35e9, 0.01e9);
    AllocationMap map;
    map.layers.resize(48);
    EstimateSettings settings;
    settings.baseBytes = 2;
    settings.batch = largestBatch(1, 16);
    const double attention = 14.0 * 16 * 32 * 128 * 48;
    CHECK_NEAR(operationsPerToken(map, model(), settings),
               4 * static_cast<double>(activeParameterCount(model())) + attention, 1);
    // All experts are in memory, and all are quantised.
    const std::int64_t whole = estimateMemory(map, model(), settings).weights;
    CHECK_EQ(whole, 2 * parameterCount(model()));
    settings.linearBytes = 1;
    const double linear = 48.0 * (2048.0 * 128 * (32 + 4 + 4 + 32) + 128 * 3.0 * 2048 * 768);
    CHECK_NEAR(static_cast<double>(estimateMemory(map, model(), settings).weights), static_cast<double>(whole) - linear,
               2);
}

HILO_TEST(aTokenKeepsWhatItsActiveExpertsGive)
{
    AllocationMap map;
    map.layers.resize(48);
    // Input and middle, q, k, v, what the norms of queries and keys get, and of 8 experts gate, up and output.
    const std::int64_t values = 2 * 2048 + 2 * 32 * 128 + 3 * 4 * 128 + 8 * (2 * 768 + 2048);
    CHECK_EQ(largestLayerBytes(map, model(), 2), 2 * values);
    // Shares that do not sum to one are those of all experts.
    ModelConfig shares = model();
    shares.mixture.weightsSumToOne = false;
    CHECK_EQ(largestLayerBytes(map, shares, 2), 2 * (values + 128));
    // What the experts give is there twice on the way back.
    EstimateSettings settings;
    settings.baseBytes = 2;
    settings.batch = largestBatch(1, 16);
    const AllocationMap adapted = REQUIRE_OK(tryAllocate(model(), "lora", {{"modules", "q_proj"}, {"rank", "2"}}));
    CHECK_EQ(estimateMemory(adapted, model(), settings).workspace, 16 * 2 * (2 * 8 * 2048 + 2 * 2048));
}

HILO_TEST(anMlpInTheExpertsPlaceOrBesideThemTakesAdapters)
{
    const ModelConfig partly = REQUIRE_OK(openModel(dataFile("families/qwen3_moe-dense"))).config;
    const AllocationMap map = REQUIRE_OK(tryAllocate(partly, "lora", {{"rank", "2"}}));
    for (std::size_t layer = 0; layer < map.layers.size(); ++layer)
        for (const char* name : {"gate_proj", "up_proj", "down_proj"})
            CHECK_EQ(map.layers[layer].contains(name), layer == 1);
    CHECK_CONTAINS(joined(map.notes, "\n"), "attention and the MLP of layers without experts (");
    const ModelConfig beside = REQUIRE_OK(openModel(dataFile("families/gemma4-experts"))).config;
    const AllocationMap both = REQUIRE_OK(tryAllocate(beside, "lora", {{"rank", "2"}, {"base_experts", "1"}}));
    for (const auto& layer : both.layers)
        CHECK(layer.contains("down_proj") && layer.contains("experts.down_proj"));
    // Everything that is counted is in memory once; what is quantised are modules and experts.
    EstimateSettings settings;
    settings.batch = largestBatch(1, 4);
    const std::int64_t whole = estimateMemory(both, beside, settings).weights;
    CHECK_EQ(whole, 4 * parameterCount(beside));
    settings.linearBytes = 1;
    double linear = 0;
    for (std::int64_t layer = 0; layer < beside.layers; ++layer) {
        for (const ModuleShape& shape : mapGrid(beside).layer(static_cast<std::size_t>(layer)))
            linear += static_cast<double>(shape.in * shape.out * std::max<std::int64_t>(1, shape.baseExperts));
    }
    CHECK_NEAR(static_cast<double>(estimateMemory(both, beside, settings).weights),
               static_cast<double>(whole) - 3 * linear, 2);
}

HILO_TEST(theExpertOfEveryTokenTakesAdaptersAndIsCounted)
{
    const ModelConfig shared = required(parseModelConfig({{"model_type", "qwen2_moe"},
                                                          {"hidden_size", 64},
                                                          {"intermediate_size", 96},
                                                          {"moe_intermediate_size", 24},
                                                          {"shared_expert_intermediate_size", 40},
                                                          {"num_hidden_layers", 3},
                                                          {"num_attention_heads", 4},
                                                          {"num_key_value_heads", 4},
                                                          {"num_experts", 8},
                                                          {"mlp_only_layers", {0}},
                                                          {"vocab_size", 100}},
                                                         "config.json"),
                                        "model", __FILE__, __LINE__);
    const AllocationMap map = REQUIRE_OK(tryAllocate(shared, "lora", {{"rank", "8"}}));
    CHECK(map.layers[1].contains("shared_expert.down_proj") && !map.layers[0].contains("shared_expert.down_proj"));
    CHECK(map.layers[0].contains("down_proj") && !map.layers[1].contains("down_proj"));
    CHECK_CONTAINS(joined(map.notes, "\n"),
                   "adapters go on its attention and the expert that every token passes, or the "
                   "MLP of layers without experts (");
    // A layer with experts keeps of the shared one gate, up and what its gate multiplies.
    AllocationMap empty;
    empty.layers.resize(3);
    const std::int64_t values = 2 * 64 + 3 * 64 + 4 * (2 * 24 + 64) + 8 + 2 * 40 + 64;
    CHECK_EQ(largestLayerBytes(empty, shared, 4), 4 * values);
    // Quantised are also the shared expert's three weights.
    EstimateSettings settings;
    settings.batch = largestBatch(1, 4);
    const std::int64_t whole = estimateMemory(empty, shared, settings).weights;
    CHECK_EQ(whole, 4 * parameterCount(shared));
    settings.linearBytes = 1;
    const double linear = 3.0 * 4 * 64 * 64 + 2.0 * (8 * 3 * 64 * 24 + 3 * 64 * 40) + 3.0 * 64 * 96;
    CHECK_NEAR(static_cast<double>(estimateMemory(empty, shared, settings).weights),
               static_cast<double>(whole) - 3 * linear, 2);
}
