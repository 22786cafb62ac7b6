// SPDX-License-Identifier: GPL-3.0-or-later
#include "models.h"

#include "allocation/budget.h"
#include "allocation/map_csv.h"
#include "allocation/map_operations.h"
#include "allocation/parameters.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

const ModelConfig& model()
{
    static const ModelConfig config = llamaModel(8, 64, 172, 2, 2);
    return config;
}

AllocationMap hilo2468()
{
    return REQUIRE_OK(tryAllocate(model(), "hilo", {}));
}

} // namespace

HILO_TEST(scalingToABudgetKeepsExpertsAndUsesIt)
{
    const AllocationMap map = hilo2468();
    const std::int64_t size = countParameters(map, model()).trainable();
    for (const std::int64_t budget : {size / 2, size, size * 3 / 2}) {
        const AllocationMap scaled = REQUIRE_OK(scaleToBudget(map, model(), budget));
        const std::int64_t used = countParameters(scaled, model()).trainable();
        CHECK(used <= budget && used > budget - 64 - 64);
        CHECK_EQ(expertsOf(scaled), expertsOf(map));
        CHECK_EQ(scaled.strategy, "manual");
    }
    CHECK_CONTAINS(REQUIRE_ERROR(scaleToBudget(map, model(), 100)).message, "too small");
}

HILO_TEST(scalingToATotalRankIsExact)
{
    const AllocationMap map = hilo2468();
    const std::int64_t total = totalRank(map);
    for (const std::int64_t wanted : {total, total + 1, total / 2, total * 2 + 3}) {
        const AllocationMap scaled = REQUIRE_OK(scaleToTotalRank(map, model(), wanted));
        CHECK_EQ(totalRank(scaled), wanted);
        CHECK_EQ(expertsOf(scaled), expertsOf(map));
        REQUIRE_OK(validateAllocationMap(scaled, model(), "scaled"));
    }
    CHECK(REQUIRE_OK(scaleToTotalRank(map, model(), total)).layers == map.layers);
    CHECK_CONTAINS(REQUIRE_ERROR(scaleToTotalRank(map, model(), 3)).message, "out of reach");
}

HILO_TEST(anotherDepthTakesTheNearestLayer)
{
    const AllocationMap map = hilo2468();
    const AllocationMap deep = REQUIRE_OK(transposeToDepth(map, llamaModel(12, 64, 172, 2, 2)));
    CHECK_EQ(expertsOf(deep), (std::vector<int>{2, 2, 2, 4, 4, 4, 6, 6, 6, 8, 8, 8}));
    const AllocationMap flat = REQUIRE_OK(transposeToDepth(map, llamaModel(3, 64, 172, 2, 2)));
    CHECK_EQ(expertsOf(flat), (std::vector<int>{2, 4, 6}));
    CHECK(REQUIRE_OK(transposeToDepth(map, model())).layers == map.layers);
    CHECK_CONTAINS(describe(REQUIRE_ERROR(transposeToDepth(map, llamaModel(8, 4, 8, 1, 1)))), "ranks");
}

HILO_TEST(numbersOfThirtyTwoLayersAreRead)
{
    const std::string experts = "1,3,5,4,4,5,4,4,3,3,2,2,2,2,3,4,9,4,8,7,8,7,8,7,9,8,6,10,6,7,3,2";
    const ModelConfig llama = llama2With7B();
    const AllocationMap map = REQUIRE_OK(mapFromNumbers({experts, "8", "2", 16, ""}, llama));
    CHECK_EQ(expertsOf(map).at(27), 10);
    CHECK_EQ(map.find(0, "q_proj")->topK, 1);
    std::int64_t sum = 0;
    for (const int number : expertsOf(map))
        sum += number;
    CHECK_EQ(countParameters(map, llama).adapter, sum * 8 * 78080);
    CHECK_CONTAINS(REQUIRE_ERROR(mapFromNumbers({"1,2,3", "8", "2", 16, ""}, llama)).message, "one per layer, 32");
    CHECK_CONTAINS(REQUIRE_ERROR(mapFromNumbers({"2", "0", "2", 16, ""}, llama)).message, "ranks");
    CHECK_CONTAINS(REQUIRE_ERROR(mapFromNumbers({"2", "8", "2", 16, "nope"}, llama)).message, "nope");
}

HILO_TEST(csvIsReadAsItWasWritten)
{
    AllocationMap map = hilo2468();
    map.layers[2].erase("up_proj");
    map.layers[3]["q_proj"].ranks = {1, 2, 4};
    map.layers[3]["q_proj"].alpha = 12.5;
    map.layers[4]["q_proj"].nullExperts = 3;
    const AllocationMap read = REQUIRE_OK(mapFromCsv(csvOfMap(map), "m.csv", model()));
    CHECK(read.layers == map.layers);
    const AllocationMap short_ =
        REQUIRE_OK(mapFromCsv("ranks,layer,module\r\n2 2,0,q_proj\r\n\r\n4,7,down_proj\r\n", "m.csv", model()));
    CHECK_EQ(short_.find(0, "q_proj")->topK, 2);
    CHECK_EQ(short_.find(7, "down_proj")->ranks, (std::vector<int>{4}));
    const auto said = [](const std::string& text) {
        return describe(REQUIRE_ERROR(mapFromCsv(text, "m.csv", model())));
    };
    CHECK_CONTAINS(said("layer,module\n"), "\"ranks\" is missing");
    CHECK_CONTAINS(said("layer,module,ranks,colour\n"), "colour");
    CHECK_CONTAINS(said("layer,module,ranks\n0,q_proj\n"), "line 2");
    CHECK_CONTAINS(said("layer,module,ranks\n0,q_proj,2\n8,q_proj,2\n"), "line 3, layer");
    CHECK_CONTAINS(said("layer,module,ranks\n0,q_proj,2 x\n"), "line 2, ranks");
    CHECK_CONTAINS(said("layer,module,ranks,top_k\n0,q_proj,2,3\n"), "line 2, top_k");
    CHECK_CONTAINS(said("layer,module,ranks\n0,q_proj,2\n0,q_proj,4\n"), "twice");
    CHECK_CONTAINS(said("layer,module,ranks\n0,nope,2\n"), "nope");
}

HILO_TEST(csvOfSpreadsheetsIsRead)
{
    const AllocationMap map = REQUIRE_OK(
        mapFromCsv("\xEF\xBB\xBFlayer;q_proj;v_proj\r\n0;4 x r2;r8\r\n2;\"4 2\";-\r\n3\r\n", "m.csv", model()));
    CHECK_EQ(map.find(0, "q_proj")->ranks, (std::vector<int>{2, 2, 2, 2}));
    CHECK_EQ(map.find(0, "q_proj")->topK, 2);
    CHECK_EQ(map.find(0, "v_proj")->ranks, (std::vector<int>{8}));
    CHECK_EQ(map.find(0, "v_proj")->topK, 1);
    CHECK_EQ(map.find(2, "q_proj")->ranks, (std::vector<int>{4, 2}));
    CHECK(map.find(2, "v_proj") == nullptr);
    CHECK(map.find(1, "q_proj") == nullptr);
    const AllocationMap quoted = REQUIRE_OK(mapFromCsv("q_proj,layer\n\"8,4\",1\n", "m.csv", model()));
    CHECK_EQ(quoted.find(1, "q_proj")->ranks, (std::vector<int>{8, 4}));
    const auto said = [](const std::string& text) {
        return describe(REQUIRE_ERROR(mapFromCsv(text, "m.csv", model())));
    };
    CHECK_CONTAINS(said("layer,q_proj\n0,\"8 4\n1,8\n"), "line 2: a quote is not closed");
    CHECK_CONTAINS(said(""), "line 1");
    CHECK_CONTAINS(said("layer,other\n"), "other");
    CHECK_CONTAINS(said("layer,q_proj\n0,2,4\n"), "need quotes");
    CHECK_CONTAINS(said("layer,q_proj\n0,2\n1,many\n"), "line 3, q_proj");
}

HILO_TEST(budgetsAreParametersMemoryOrThoseOfAMap)
{
    CHECK_EQ(REQUIRE_OK(parseBudget("1500000", model())), 1500000);
    CHECK_EQ(REQUIRE_OK(parseBudget("1.5M", model())), 1500000);
    CHECK_EQ(REQUIRE_OK(parseBudget("80k", model())), 80000);
    // 16 bytes a parameter in training: value, gradient and two moments.
    CHECK_EQ(REQUIRE_OK(parseBudget("16MiB", model())), 1048576);
    CHECK_EQ(REQUIRE_OK(parseBudget("0.5GiB", model())), 33554432);
    TemporaryFolder folder;
    REQUIRE_OK(writeAllocationMap(folder / "m.json", hilo2468()));
    CHECK_EQ(REQUIRE_OK(parseBudget("same:" + (folder / "m.json").string(), model())),
             countParameters(hilo2468(), model()).trainable());
    for (const char* text : {"", "-5", "0", "many", "1e99", "5MB", "0GiB", "same:nowhere.json"})
        REQUIRE_ERROR(parseBudget(text, model()));
}
