// SPDX-License-Identifier: GPL-3.0-or-later
// Published counts (2402.08562 Table 1) and derived ones, from LLaMA-2-7B's config alone.
#include "models.h"

#include "allocation/parameters.h"
#include "formats/module_grid.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

ParameterCount countOf(const std::string& strategy, const Given& given)
{
    const ModelConfig model = llama2With7B();
    return countParameters(REQUIRE_OK(tryAllocate(model, strategy, given)), model);
}

} // namespace

HILO_TEST(plainLoraHasThePublishedCount)
{
    const ParameterCount count = countOf("lora", {{"rank", "64"}});
    CHECK_EQ(count.trainable(), 159907840);
    CHECK_EQ(count.active, 159907840);
    CHECK_EQ(count.router, 0);
}

HILO_TEST(molaShapesHaveThePublishedCounts)
{
    CHECK_EQ(countOf("mola", {{"experts", "8888"}}).trainable(), 169017344);
    for (const char* shape : {"5555", "2468", "8642", "8228", "2882", "triangle", "inverted-triangle", "hourglass",
                              "diamond", "rectangle"}) {
        const ParameterCount count = countOf("mola", {{"experts", shape}});
        CHECK_EQ(count.trainable(), 105635840);
        CHECK_EQ(count.active, 45670400);
    }
    for (const char* shape : {"4444", "6532", "6226", "2356", "2662"})
        CHECK_EQ(countOf("mola", {{"experts", shape}}).trainable(), 84508672);
    CHECK_EQ(countOf("mola", {{"experts", "10,2,2,2"}}).trainable(), 84508672);
}

HILO_TEST(hiloPresetHasTheDerivedCounts)
{
    const ParameterCount preset = countOf("hilo", {});
    CHECK_EQ(preset.trainable(), 80650240);
    CHECK_EQ(preset.active, 30679040);
    CHECK_EQ(countOf("hilo", {{"top_k", "1,2,2,3"}}).active, 34426880);
    CHECK_EQ(countOf("hilo", {{"experts", "5555"}, {"ranks", "2468"}}).trainable(), 68157440);
    CHECK_EQ(countOf("hilo", {{"experts", "8642"}, {"ranks", "2468"}}).trainable(), 55664640);
    CHECK_EQ(countOf("hilo", {{"experts", "2468"}, {"ranks", "8642"}}).trainable(), 55664640);
}

HILO_TEST(uniformEqualsMolaRectangle)
{
    CHECK_EQ(countOf("uniform", {{"experts", "5"}, {"rank", "8"}}).trainable(), 105635840);
}

HILO_TEST(groupedQueryModelsCountPerRankAndExpert)
{
    const ModelConfig model = llamaModel(32, 4096, 14336, 32, 8);
    const auto trainable = [&](const Given& given) {
        return countParameters(REQUIRE_OK(tryAllocate(model, "uniform", given)), model).trainable();
    };
    // 2402.08562, Table 1: 81,920 per rank and 38,912 per expert of a layer.
    CHECK_EQ(trainable({{"experts", "3"}, {"rank", "5"}}), 32 * 3 * (5 * 81920 + 38912));
}

HILO_TEST(activeCountsTheLargestRanks)
{
    const ModuleShape shape{"q_proj", "self_attn.q_proj", 10, 30, 0};
    ModuleAllocation module;
    module.ranks = {1, 4, 2};
    module.topK = 2;
    const ParameterCount count = countParameters(module, shape);
    CHECK_EQ(count.adapter, 7 * 40);
    CHECK_EQ(count.router, 3 * 10);
    CHECK_EQ(count.active, 6 * 40 + 30);
}

HILO_TEST(nullExpertsHaveRouterRowsAlone)
{
    const ModelConfig model = llama2With7B();
    const AllocationMap map = REQUIRE_OK(
        tryAllocate(model, "adamoe", {{"experts", "4"}, {"null_experts", "3"}, {"rank", "8"}, {"top_k", "4"}}));
    const ParameterCount count = countParameters(map, model);
    CHECK_EQ(count.adapter, 32 * 4 * 8 * 78080);
    CHECK_EQ(count.router, 32 * 7 * 35584);
}
