// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/map_merge.h"

#include "support/testing.h"

using namespace hilo;

namespace {

AllocationMap mapOf(const std::vector<std::vector<int>>& ranks)
{
    AllocationMap map;
    map.name = "base";
    map.strategy = "hilo";
    map.settings = {{"budget", 100}};
    for (const std::vector<int>& layer : ranks) {
        map.layers.emplace_back();
        for (std::size_t i = 0; i < layer.size(); ++i)
            if (layer[i] > 0)
                map.layers.back()["m" + std::to_string(i)] = {{layer[i]}, 1, 16, 0};
    }
    return map;
}

} // namespace

HILO_TEST(cellsThatOnlyOneChangedAreBothTaken)
{
    const MergedMap merged =
        mergeMaps(mapOf({{4, 4}, {4, 4}, {4, 0}}), mapOf({{8, 4}, {4, 4}, {4, 0}}), mapOf({{4, 4}, {0, 2}, {4, 3}}));
    const AllocationMap expected = mapOf({{8, 4}, {0, 2}, {4, 3}});
    CHECK(merged.map.layers == expected.layers);
    CHECK_EQ(merged.ours, 1u);
    CHECK_EQ(merged.theirs, 3u);
    CHECK(merged.conflicts.empty());
    // It is no longer what a strategy made.
    CHECK_EQ(merged.map.strategy, "manual");
}

HILO_TEST(cellsThatBothChangedAreConflictsUnlessTheyAgree)
{
    const MergedMap merged = mergeMaps(mapOf({{4, 4}}), mapOf({{8, 2}}), mapOf({{8, 0}}));
    CHECK(merged.conflicts == (std::vector<MapConflict>{{0, "m1"}}));
    CHECK(merged.map.layers == mapOf({{8, 2}}).layers);
    CHECK_EQ(merged.theirs, 0u);
    CHECK_EQ(merged.map.strategy, "hilo");
}

HILO_TEST(aMapThatOnlyOneSideTouchedIsThatSides)
{
    AllocationMap theirs = mapOf({{2, 2}});
    theirs.name = "renamed";
    theirs.strategy = "mola";
    const MergedMap taken = mergeMaps(mapOf({{4, 4}}), mapOf({{4, 4}}), theirs);
    CHECK(taken.map == theirs);
    const MergedMap kept = mergeMaps(mapOf({{4, 4}}), mapOf({{1, 4}}), mapOf({{4, 4}}));
    CHECK(kept.map == mapOf({{1, 4}}));
    CHECK_EQ(kept.ours, 1u);
}
