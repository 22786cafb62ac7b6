// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testing.h"

#include "allocation/depth_schedule.h"

using namespace hilo;

namespace {

using Numbers = std::vector<std::int64_t>;

Numbers perLayer(const std::string& text, std::int64_t layers, bool everyLayer)
{
    const DepthSchedule schedule = REQUIRE_OK(parseDepthSchedule("ranks", text, DigitText::LongStrings, 1, 256));
    return REQUIRE_OK(valuesPerLayer("ranks", schedule, layers, everyLayer, 4));
}

} // namespace

HILO_TEST(rankRuleGivesTheKnownConfiguration)
{
    CHECK_EQ(rankRule(2, 8, 4), (Numbers{2, 4, 6, 8}));
    CHECK_EQ(rankRule(2, 8, 1), (Numbers{2}));
    CHECK_EQ(rankRule(8, 2, 4), (Numbers{8, 6, 4, 2}));
    CHECK_EQ(rankRule(1, 2, 3), (Numbers{1, 2, 2}));
}

HILO_TEST(groupsNeedNotDivideTheLayers)
{
    CHECK_EQ(perLayer("2468", 8, false), (Numbers{2, 2, 4, 4, 6, 6, 8, 8}));
    CHECK_EQ(perLayer("2468", 6, false), (Numbers{2, 2, 4, 6, 6, 8}));
    CHECK_EQ(perLayer("2..8", 8, false), (Numbers{2, 2, 4, 4, 6, 6, 8, 8}));
}

HILO_TEST(layerGranularityFollowsTheRankRule)
{
    CHECK_EQ(perLayer("2468", 32, true), rankRule(2, 8, 32));
    CHECK_EQ(perLayer("2..8", 30, true), rankRule(2, 8, 30));
    CHECK_EQ(perLayer("2,8,2", 5, true), (Numbers{2, 5, 8, 5, 2}));
    CHECK_EQ(perLayer("2..8", 1, true), (Numbers{2}));
}

HILO_TEST(numbersAndDigitStringsAreToldApart)
{
    CHECK_EQ(perLayer("16", 3, false), (Numbers{16, 16, 16}));
    CHECK_EQ(perLayer("128,", 2, false), (Numbers{128, 128}));
    CHECK_EQ(perLayer("10, 2", 2, false), (Numbers{10, 2}));
    const DepthSchedule two = REQUIRE_OK(parseDepthSchedule("experts", "28", DigitText::EveryDigit, 0, 9));
    CHECK_EQ(two.values, (Numbers{2, 8}));
}

HILO_TEST(badSchedulesAreRefusedByName)
{
    for (const char* text :
         {"", ",", "2x68", "2..", "..", "2,,x", "0468", "300,", "-1", "2..8..9", "99999999999999999999,"})
        CHECK_CONTAINS(REQUIRE_ERROR(parseDepthSchedule("ranks", text, DigitText::LongStrings, 1, 256)).message,
                       "setting ranks");
    const DepthSchedule schedule = REQUIRE_OK(parseDepthSchedule("ranks", "2468", DigitText::LongStrings, 1, 256));
    CHECK_CONTAINS(REQUIRE_ERROR(valuesPerLayer("ranks", schedule, 3, false, 4)).message, "4 values for a model of 3");
    CHECK_EQ(REQUIRE_ERROR(valuesPerLayer("ranks", schedule, 3, false, 4)).hint,
             std::string("give at most one value per layer: 2,6,8"));
}

HILO_TEST(defaultsFitShallowModels)
{
    CHECK_EQ(scheduleThatFits("2468", 8), std::string("2468"));
    CHECK_EQ(scheduleThatFits("2468", 3), std::string("2,6,8"));
    CHECK_EQ(scheduleThatFits("2468", 2), std::string("2,8"));
    CHECK_EQ(scheduleThatFits("2468", 1), std::string("2"));
    CHECK_EQ(scheduleThatFits("16", 1), std::string("16"));
    CHECK_EQ(scheduleThatFits("influence", 2), std::string("influence"));
    CHECK_EQ(scheduleThatFits("", 2), std::string());
}
