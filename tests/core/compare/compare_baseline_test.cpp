// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/compare_baseline.h"

#include "core/project/project_fixture.h"

namespace hilo {
namespace {

using namespace testing;

/// Two groups of three seeds, and one run without any accuracy.
struct Groups
{
    ProjectFixture fixture;
    ComparedRuns compared;
    std::vector<CompareRow> rows;

    Groups(const std::vector<double>& first, const std::vector<double>& second)
    {
        for (const auto& [name, strategy, accuracies] : {std::tuple{"a", "hilo", first}, {"b", "mola", second}})
            for (std::size_t i = 0; i < accuracies.size(); ++i)
                fixture.addFinishedRun(std::string(name) + std::to_string(i),
                                       runDocument(name, {{"seed", static_cast<int>(i)}}, {2, 3}, strategy),
                                       accuracies[i], 1000);
        fixture.addRun("new", runDocument("new", Json::object(), {7}, "lora"));
        REQUIRE_OK(fixture.store().scan());
        RunReader reader = fixture.reader();
        compared = REQUIRE_OK(comparedRuns(reader, {}));
        CompareOptions options;
        options.groupSeeds = true;
        rows = REQUIRE_OK(compareRuns(reader, options));
    }

    BaselineDifference of(const std::string& id, const std::string& baseline) const
    {
        const auto differences = differencesTo(compared, rows, baseline);
        for (std::size_t i = 0; i < rows.size(); ++i)
            if (std::find(rows[i].ids.begin(), rows[i].ids.end(), id) != rows[i].ids.end())
                return differences[i];
        return {};
    }
};

HILO_TEST(seedsArePairedAsTheSingleComparisonDoes)
{
    Groups groups({0.80, 0.82, 0.84}, {0.79, 0.80, 0.83});
    const BaselineDifference found = groups.of("a0", "b2");
    RunReader reader = groups.fixture.reader();
    const PairedDifference expected = REQUIRE_OK(pairedDifference(reader, "a0", "b2"));
    CHECK_EQ(found.seeds, 3);
    CHECK_NEAR(*found.difference, expected.summary.mean, 1e-12);
    CHECK_NEAR(*found.low, *expected.summary.low, 1e-12);
    CHECK_NEAR(*found.high, *expected.summary.high, 1e-12);
    CHECK(!found.isClear); // 0.013 ± 0.014
}

HILO_TEST(aLargeSteadyDifferenceIsClear)
{
    Groups groups({0.80, 0.82, 0.84}, {0.70, 0.72, 0.741});
    CHECK(groups.of("a1", "b0").isClear);
    CHECK(groups.of("a1", "b0").difference > 0.09);
    CHECK(groups.of("b1", "a0").difference < -0.09);
}

HILO_TEST(theBaselineIsMarkedAndEmptyRowsStayEmpty)
{
    Groups groups({0.80, 0.82}, {0.70, 0.72});
    CHECK(groups.of("b0", "b1").isBaseline);
    CHECK(!groups.of("new", "b1").difference.has_value());
    CHECK(!groups.of("a0", "nobody").difference.has_value());
    CHECK(!groups.of("a0", "").difference.has_value());
}

HILO_TEST(withoutCommonSeedsIntervalsDecide)
{
    // Intervals of the fixture are ± 0.05.
    for (const auto& [other, clear] : {std::pair{0.72, false}, {0.65, true}}) {
        ProjectFixture fixture;
        fixture.addFinishedRun("a", runDocument("a", {{"seed", 1}}), 0.80, 1000);
        fixture.addFinishedRun("b", runDocument("b", {{"seed", 2}}, {4}, "mola"), other, 1000);
        REQUIRE_OK(fixture.store().scan());
        RunReader reader = fixture.reader();
        const ComparedRuns compared = REQUIRE_OK(comparedRuns(reader, {}));
        const auto rows = REQUIRE_OK(compareRuns(reader, {}));
        const BaselineDifference found = differenceBetween(compared, rows[0], rows[1]);
        CHECK_EQ(found.seeds, 0);
        CHECK_NEAR(*found.difference, 0.80 - other, 1e-12);
        CHECK_EQ(found.isClear, clear);
    }
}

HILO_TEST(repetitionsAreSubtractedAndNotPairedWithThemselves)
{
    ProjectFixture fixture;
    for (const auto& [seed, accuracy] : {std::pair{1, 0.80}, {2, 0.65}, {3, 0.78}})
        fixture.addFinishedRun("a" + std::to_string(seed), runDocument("a", {{"seed", seed}}), accuracy, 1000);
    REQUIRE_OK(fixture.store().scan());
    RunReader reader = fixture.reader();
    const ComparedRuns compared = REQUIRE_OK(comparedRuns(reader, {}));
    const auto rows = REQUIRE_OK(compareRuns(reader, {}));
    const auto differences = differencesTo(compared, rows, "a1");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].ids.front() == "a1")
            continue;
        CHECK_EQ(differences[i].seeds, 0);
        CHECK_NEAR(*differences[i].difference, *rows[i].value - 0.80, 1e-12);
        // The fixture's intervals are ± 0.05.
        CHECK_EQ(differences[i].isClear, rows[i].ids.front() == "a2");
    }
}

} // namespace
} // namespace hilo
