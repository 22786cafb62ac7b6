// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/filter.h"

#include "core/project/project_fixture.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

/// Four runs: a and b finished, c failed, d new.
class Runs
{
  public:
    Runs()
    {
        fixture_.addFinishedRun("a", runDocument("first", {{"learning_rate", 0.001}, {"seed", 1}}), 0.9, 1000, 5);
        fixture_.addFinishedRun("b", runDocument("second", {{"learning_rate", 0.0003}, {"seed", 2}}, {8}, "mola"), 0.7,
                                500, 8);
        fixture_.addRun("c", runDocument("it's third", {{"packing", true}, {"dtype", "float32"}}));
        appendText(fixture_.folder("c") / "events.ndjson",
                   eventLine("started", Json::object()) + "\n" +
                       eventLine("failed", {{"code", 4}, {"message", "no memory"}}) + "\n");
        Json digits = runDocument("fourth");
        digits["map"]["strategy"]["settings"] = {{"experts", "2468"}};
        fixture_.addRun("d", digits);
        RunStore store = fixture_.store();
        REQUIRE_OK(store.scan());
    }

    std::string pass(const std::string& filter) const
    {
        RunReader reader = fixture_.reader();
        std::string ids;
        for (const RunSummary& run : REQUIRE_OK(reader.runs(REQUIRE_OK(Filter::parse(filter)))))
            ids += run.id;
        return ids;
    }

    Error refusal(const std::string& filter) const
    {
        const auto parsed = Filter::parse(filter);
        if (!parsed)
            return parsed.error();
        RunReader reader = fixture_.reader();
        return REQUIRE_ERROR(reader.runs(*parsed));
    }

  private:
    ProjectFixture fixture_;
};

} // namespace

HILO_TEST(passesRunsByStateSettingAndMetric)
{
    const Runs runs;
    CHECK_EQ(runs.pass(""), "abcd");
    CHECK_EQ(runs.pass("state = finished"), "ab");
    CHECK_EQ(runs.pass("accuracy > 0.8"), "a");
    CHECK_EQ(runs.pass("accuracy >= 0.7"), "ab");
    CHECK_EQ(runs.pass("training.learning_rate <= 3e-4"), "b");
    CHECK_EQ(runs.pass("learning_rate = 0.001"), "acd");
    CHECK_EQ(runs.pass("map.strategy.name = mola"), "b");
    CHECK_EQ(runs.pass("map.largest_rank = 3"), "acd");
    CHECK_EQ(runs.pass("seed = 2"), "b");
    CHECK_EQ(runs.pass("trainable_parameters < 600"), "b");
    CHECK_EQ(runs.pass("error_code = 4"), "c");
    CHECK_EQ(runs.pass("error_message ~ MEMORY"), "c");
}

HILO_TEST(aMetricIsItsLastValueUnlessMinOrMaxIsAsked)
{
    const Runs runs;
    // loss is 2 / step: 5 steps end at 0.4, 8 at 0.25; both begin at 2.
    CHECK_EQ(runs.pass("loss = 0.4"), "a");
    CHECK_EQ(runs.pass("loss.last < 0.3"), "b");
    CHECK_EQ(runs.pass("loss.max = 2"), "ab");
    CHECK_EQ(runs.pass("loss.min < 0.3"), "b");
    CHECK_EQ(runs.pass("loss"), "ab");
    CHECK_EQ(runs.pass("evaluation.test >= 0.9"), "a");
}

HILO_TEST(joinsConditions)
{
    const Runs runs;
    CHECK_EQ(runs.pass("accuracy > 0.5 and learning_rate < 0.0005"), "b");
    CHECK_EQ(runs.pass("accuracy > 0.8 or state = failed"), "ac");
    CHECK_EQ(runs.pass("not state = finished"), "cd");
    CHECK_EQ(runs.pass("! (state = finished || state = failed)"), "d");
    // "and" binds closer than "or".
    CHECK_EQ(runs.pass("state = new or state = finished and accuracy < 0.8"), "bd");
    CHECK_EQ(runs.pass("(state = new or state = finished) and accuracy < 0.8"), "b");
    CHECK_EQ(runs.pass("id in (a, 'c')"), "ac");
    CHECK_EQ(runs.pass("seed in (2, 3)"), "b");
    CHECK_EQ(runs.pass("not seed in (2, 3)"), "acd");
}

HILO_TEST(aRunWithoutTheKeyPassesNoConditionOnIt)
{
    const Runs runs;
    CHECK_EQ(runs.pass("accuracy < 2"), "ab");
    CHECK_EQ(runs.pass("accuracy != 0.9"), "b");
    CHECK_EQ(runs.pass("not accuracy = 0.9"), "bcd");
    CHECK_EQ(runs.pass("packing"), "c");
    CHECK_EQ(runs.pass("packing = true"), "c");
    CHECK_EQ(runs.pass("packing = 1"), "c");
}

HILO_TEST(textsThatLookLikeNumbersOrSqlAreValues)
{
    const Runs runs;
    CHECK_EQ(runs.pass("map.experts = 2468"), "");
    CHECK_EQ(runs.pass("settings.experts = 2468"), "d");
    CHECK_EQ(runs.pass("settings.experts = '2468'"), "d");
    CHECK_EQ(runs.pass("run_name = \"it's third\""), "c");
    CHECK_EQ(runs.pass("run_name = \"' OR 1=1 --\""), "");
    CHECK_EQ(runs.pass("run_name ~ '%'"), "");
    CHECK_EQ(runs.pass("id = 'a; DROP TABLE runs'"), "");
    CHECK_EQ(runs.pass(""), "abcd");
}

HILO_TEST(errorsNameTheColumnAndWhatWasExpected)
{
    const Runs runs;
    CHECK_EQ(runs.refusal("accuracy >").place, "column 11");
    CHECK_CONTAINS(runs.refusal("accuracy >").message, "value was expected");
    CHECK_EQ(runs.refusal("state = finished and (").place, "column 23");
    CHECK_EQ(runs.refusal("state = 'finished").place, "column 9");
    CHECK_CONTAINS(runs.refusal("state = 'finished").message, "closing quote");
    CHECK_EQ(runs.refusal("accuracy > 1 2").place, "column 14");
    CHECK_EQ(runs.refusal("accuracy > $").place, "column 12");
    CHECK_CONTAINS(runs.refusal("accuracy > high").message, "is a number");
    CHECK_CONTAINS(runs.refusal("sede = 1").message, "No run has a setting or metric \"sede\"");
    CHECK_CONTAINS(runs.refusal("experts = 2468").message, "may mean map.experts, map.strategy.settings.experts");
    CHECK_EQ(runs.refusal("id in (a, b").place, "column 12");
    CHECK_EQ(runs.refusal("and").place, "column 1");
}

HILO_TEST(nestingAndLengthHaveLimits)
{
    const Runs runs;
    CHECK_CONTAINS(runs.refusal(std::string(5000, '(')).message, "nested too deep");
    std::string negations;
    for (int i = 0; i < 5000; ++i)
        negations += "not ";
    CHECK_CONTAINS(runs.refusal(negations + "seed = 1").message, "nested too deep");
    CHECK_CONTAINS(runs.refusal(std::string(1 << 17, ' ')).message, "too long");
    std::string many = "seed in (1";
    for (int i = 0; i < 1000; ++i)
        many += ", " + std::to_string(i);
    CHECK_CONTAINS(runs.refusal(many + ")").message, "too many");
    std::string some = "seed in (2";
    for (int i = 0; i < 300; ++i)
        some += ", 7";
    CHECK_EQ(runs.pass(some + ")"), "b");
}
