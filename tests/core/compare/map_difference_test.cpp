// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/map_difference.h"

#include "core/project/project_fixture.h"

using namespace hilo;
using namespace hilo::testing;

HILO_TEST(equalMapsHaveNoDifference)
{
    AllocationMap map;
    map.layers.resize(2);
    map.layers[0]["q_proj"] = {{2, 3}, 1, 16, 0};
    CHECK(mapDifference(map, map).empty());
    // An empty list of ranks is the same as no entry.
    AllocationMap other = map;
    other.layers[1]["v_proj"] = {};
    other.name = "another name";
    CHECK(mapDifference(map, other).empty());
}

HILO_TEST(differencesAreNamedByLayerAndModule)
{
    AllocationMap first, second;
    first.layers.resize(2);
    second.layers.resize(3);
    first.layers[0]["q_proj"] = {{2, 3}, 1, 16, 0};
    second.layers[0]["q_proj"] = {{2, 4}, 2, 16, 0};
    first.layers[1]["down_proj"] = {{8}, 1, 16, 0};
    second.layers[2]["up_proj"] = {{4, 4}, 1, 16, 0};
    const auto differences = mapDifference(first, second);
    CHECK_EQ(differences.size(), 3u);
    CHECK_EQ(differences[0].layer, 0u);
    CHECK_EQ(differences[0].module, "q_proj");
    CHECK_EQ(differences[0].rankChange(), 1);
    CHECK_EQ(differences[1].module, "down_proj");
    CHECK(!differences[1].second);
    CHECK_EQ(differences[1].rankChange(), -8);
    CHECK_EQ(differences[2].layer, 2u);
    CHECK(!differences[2].first);
    CHECK_EQ(differences[2].rankChange(), 8);
}

HILO_TEST(modulesAreDescribedForPeople)
{
    CHECK_EQ(describe(std::optional<ModuleAllocation>()), "none");
    CHECK_EQ(describe(ModuleAllocation{{8}, 1, 16, 0}), "8, alpha 16");
    CHECK_EQ(describe(ModuleAllocation{{8, 8, 8}, 2, 16, 0}), "3 x 8, top 2, alpha 16");
    CHECK_EQ(describe(ModuleAllocation{{2, 4, 8}, 2, 0.5, 1}), "2+4+8, top 2, 1 null, alpha 0.5");
}

HILO_TEST(theMapOfARunIsReadFromItsFolder)
{
    ProjectFixture fixture;
    fixture.addRun("a", runDocument("a", Json::object(), {2, 3}));
    fixture.addRun("b", runDocument("b", Json::object(), {2, 5}));
    const auto first = REQUIRE_OK(mapOfRun(fixture.folder("a")));
    const auto second = REQUIRE_OK(mapOfRun(fixture.folder("b")));
    const auto differences = mapDifference(first, second);
    CHECK_EQ(differences.size(), 4u);
    CHECK_EQ(differences.front().rankChange(), 2);
    writeText(fixture.folder("b") / "run.json", "{}");
    CHECK_CONTAINS(describe(REQUIRE_ERROR(mapOfRun(fixture.folder("b")))), "map");
}
