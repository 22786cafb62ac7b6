// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/timeline_animation.h"

#include "support/testing.h"

using namespace hilo;

namespace {

AllocationMap mapWith(std::vector<int> q, std::vector<int> v)
{
    AllocationMap map;
    map.architecture = "llama";
    map.layers.resize(2);
    map.layers[0]["q_proj"] = {std::move(q), 1, 16, 0};
    map.layers[1]["v_proj"] = {std::move(v), 1, 16, 0};
    return map;
}

std::size_t count(const std::string& text, const std::string& part)
{
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++found;
    return found;
}

} // namespace

HILO_TEST(whatMovesIsAnimatedAndWhatStaysIsNot)
{
    MapTimeline timeline{"elalora", mapWith({2, 2}, {4}), {}, {}};
    timeline.changes.push_back({20, mapWith({2, 3}, {3}), 1, {}});
    timeline.changes.push_back({40, mapWith({2, 3, 1}, {3}), 1, {}});
    const std::string svg = timelineAnimation(timeline);
    CHECK_CONTAINS(svg, "Step 0: 8 ranks, 3 experts");
    CHECK_CONTAINS(svg, "Step 20: 8 ranks, 3 experts");
    CHECK_CONTAINS(svg, "Step 40: 9 ranks, 4 experts");
    // Three frames of a second and two seconds at the end.
    CHECK_CONTAINS(svg, "dur='5s'");
    CHECK_CONTAINS(svg, "keyTimes='0;0.2;0.4'");
    // Of q_proj the first expert stays, the second grows once, the third comes: heights of two; v_proj's one falls.
    CHECK_EQ(count(svg, "attributeName='height'"), 3u);
    // q_proj is framed in green twice, v_proj once in red; both have no frame at first.
    CHECK_CONTAINS(svg, "values='none;#3d8b4f;#3d8b4f'");
    CHECK_CONTAINS(svg, "values='none;#b04a3a;none'");
}

HILO_TEST(aMapThatHasNotMovedIsAStillDrawing)
{
    const std::string svg = timelineAnimation({"none", mapWith({2, 2}, {4}), {}, {}});
    CHECK(svg.find("<animate") == std::string::npos);
    CHECK_CONTAINS(svg, "Step 0: 8 ranks, 3 experts");
}
