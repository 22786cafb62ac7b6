// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/module_grid.h"

#include "support/testing.h"

namespace hilo::testing {
namespace {

ModuleShape module(const std::string& name, std::int64_t in, std::int64_t out, int group)
{
    return {name, "part." + name, in, out, group};
}

/// Two kinds of layers by turns; the second one's k is wider.
ModuleGrid hybrid()
{
    const std::vector<ModuleShape> first = {module("a", 8, 4, 0), module("k", 8, 2, 0), module("down", 6, 8, 3)};
    const std::vector<ModuleShape> second = {module("q", 8, 4, 0), module("k", 8, 6, 0), module("o", 4, 8, 1),
                                             module("down", 6, 8, 3)};
    return ModuleGrid::of({first, second, first});
}

} // namespace

HILO_TEST(columnsAreTheNamesOfAllLayersInTheOrderOfTheForwardPass)
{
    const ModuleGrid grid = hybrid();
    CHECK_EQ(grid.names(), (std::vector<std::string>{"a", "q", "k", "o", "down"}));
    CHECK_EQ(grid.layers(), 3u);
    CHECK_EQ(grid.modules(), 10u);
    CHECK_EQ(grid.inputGroups(), 4);
    CHECK(!grid.isUniform());
    CHECK(ModuleGrid::of({{module("a", 1, 2, 0)}, {module("a", 1, 2, 0)}}).isUniform());
    CHECK(!ModuleGrid::of({{module("a", 1, 2, 0)}, {module("a", 1, 3, 0)}}).isUniform());
}

HILO_TEST(aLayerHasItsOwnModulesAndSizes)
{
    const ModuleGrid grid = hybrid();
    for (std::size_t layer = 0; layer < grid.layers(); ++layer)
        for (const ModuleShape& shape : grid.layer(layer)) {
            CHECK(grid.find(layer, static_cast<std::size_t>(shape.column)) == &shape);
            CHECK_EQ(grid.name(static_cast<std::size_t>(shape.column)), shape.name);
        }
    CHECK(grid.find(1, "a") == nullptr);
    CHECK(grid.find(0, "q") == nullptr);
    CHECK(grid.find(0, "nothing") == nullptr);
    CHECK(grid.find(7, "k") == nullptr);
    CHECK_EQ(grid.find(0, "k")->width(), 2);
    CHECK_EQ(grid.find(1, "k")->width(), 6);
    CHECK_EQ(grid.example(1).name, "q");
}

HILO_TEST(partOfTheColumnsKeepsTheirOrder)
{
    const ModuleGrid part = hybrid().only({"down", "q", "nothing"});
    CHECK_EQ(part.names(), (std::vector<std::string>{"q", "down"}));
    CHECK_EQ(part.layer(0).size(), 1u);
    CHECK_EQ(part.find(1, "down")->column, 1);
}

} // namespace hilo::testing
