// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text_table.h"
#include "compare/compare.h"
#include "compare/compare_baseline.h"
#include "compare/compare_svg.h"
#include "compare/compare_table.h"

#include "core/project/project_fixture.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

/// "wide" with three seeds and "narrow" with two, and a run that has not ended.
class Runs
{
  public:
    Runs()
    {
        for (const auto& [seed, accuracy] : {std::pair{1, 0.80}, {2, 0.82}, {3, 0.87}})
            add("wide", seed, accuracy, 2000, {4, 4});
        for (const auto& [seed, accuracy] : {std::pair{2, 0.80}, {3, 0.81}})
            add("narrow", seed, accuracy, 500, {2});
        fixture.addRun("waiting", runDocument("waiting"));
        RunStore store = fixture.store();
        REQUIRE_OK(store.scan());
    }

    std::vector<CompareRow> rows(const CompareOptions& options) const
    {
        RunReader reader = fixture.reader();
        return REQUIRE_OK(compareRuns(reader, options));
    }

    ProjectFixture fixture;

  private:
    void add(const std::string& name, int seed, double accuracy, int trainable, const std::vector<int>& ranks)
    {
        fixture.addFinishedRun(name + std::to_string(seed), runDocument(name, {{"seed", seed}}, ranks), accuracy,
                               trainable);
    }
};

std::string idsOf(const std::vector<CompareRow>& rows)
{
    std::string text;
    for (const CompareRow& row : rows)
        text += (text.empty() ? "" : " ") + row.ids.front() + (row.onFront ? "*" : "");
    return text;
}

} // namespace

HILO_TEST(mostAccurateRunsComeFirstAndTheFrontIsMarked)
{
    const Runs runs;
    CHECK_EQ(idsOf(runs.rows({})), "wide3* wide2 narrow3* narrow2 wide1 waiting");
    const CompareRow best = runs.rows({}).front();
    CHECK_EQ(*best.value, 0.87);
    CHECK_NEAR(*best.low, 0.82, 1e-12);
    CHECK_NEAR(*best.high, 0.92, 1e-12);
    CHECK_EQ(*best.trainableParameters, 2000);
    CHECK_EQ(*best.activeParameters, 1000);
    CHECK(!runs.rows({}).back().value);
}

HILO_TEST(repeatedSeedsBecomeOneRowWithMeanAndInterval)
{
    const Runs runs;
    CompareOptions options;
    options.groupSeeds = true;
    const std::vector<CompareRow> rows = runs.rows(options);
    CHECK_EQ(idsOf(rows), "wide1* narrow2* waiting");
    CHECK_EQ(rows[0].ids.size(), 3u);
    CHECK_NEAR(*rows[0].value, 0.83, 1e-12);
    CHECK_NEAR(*rows[0].deviation, 0.0360555127546399, 1e-9);
    CHECK_NEAR(*rows[0].high, 0.83 + 4.302652729911275 * 0.0360555127546399 / std::sqrt(3.0), 1e-9);
    CHECK_EQ(rows[1].ids.size(), 2u);
    CHECK_NEAR(*rows[1].value, 0.805, 1e-12);
    CHECK_EQ(rows[2].state, "new");
}

HILO_TEST(runsOfTheSameSettingsThatDifferInParametersAreNoRepetitions)
{
    ProjectFixture fixture;
    for (const auto& [id, seed, accuracy, trainable] :
         {std::tuple{"a1", 1, 0.60, 2000}, {"a2", 2, 0.62, 2000}, {"b1", 1, 0.80, 4000}, {"b2", 2, 0.84, 4000}})
        fixture.addFinishedRun(id, runDocument("one", {{"seed", seed}}), accuracy, trainable);
    fixture.addRun("waiting", runDocument("one", {{"seed", 3}}));
    REQUIRE_OK(fixture.store().scan());
    RunReader reader = fixture.reader();
    CompareOptions options;
    options.groupSeeds = true;
    const std::vector<CompareRow> rows = REQUIRE_OK(compareRuns(reader, options));
    CHECK_EQ(idsOf(rows), "b1* a1* waiting");
    CHECK_EQ(*rows[0].trainableParameters, 4000);
    CHECK_NEAR(*rows[0].value, 0.82, 1e-12);
    CHECK_EQ(*rows[1].trainableParameters, 2000);
    CHECK_NEAR(*rows[1].value, 0.61, 1e-12);
    // They can be compared with one another, and are: in the workbench too.
    const PairedDifference paired = REQUIRE_OK(pairedDifference(reader, "b1", "a2"));
    CHECK_EQ(paired.seeds.size(), 2u);
    CHECK_NEAR(paired.summary.mean, 0.21, 1e-12);
    const ComparedRuns runs = REQUIRE_OK(comparedRuns(reader, {}));
    CHECK_NEAR(*differencesTo(runs, rows, "a1").front().difference, 0.21, 1e-12);
    CHECK_CONTAINS(REQUIRE_ERROR(pairedDifference(reader, "waiting", "a1")).message, "waiting");
    // Where there is one size, a run that has not begun belongs to it.
    options.filter = REQUIRE_OK(Filter::parse("training.seed != 2 and (accuracy < 0.7 or state = new)"));
    CHECK_EQ(REQUIRE_OK(compareRuns(reader, options)).size(), 1u);
}

HILO_TEST(runsAreGroupedByAnySetting)
{
    ProjectFixture fixture;
    // Two learning rates, each with two batch sizes; one of these with two seeds.
    for (const auto& [id, rate, batch, seed, accuracy] :
         {std::tuple{"a", 0.1, 4, 1, 0.60}, {"b", 0.1, 4, 2, 0.70}, {"c", 0.1, 8, 1, 0.85}, {"d", 0.2, 4, 1, 0.50}})
        fixture.addFinishedRun(id, runDocument("x", {{"seed", seed}, {"learning_rate", rate}, {"batch_size", batch}}),
                               accuracy, 2000);
    REQUIRE_OK(fixture.store().scan());
    RunReader reader = fixture.reader();
    CompareOptions options;
    options.groupBy = "learning_rate";
    const std::vector<CompareRow> rows = REQUIRE_OK(compareRuns(reader, options));
    CHECK_EQ(rows.size(), 2u);
    CHECK_EQ(rows[0].name, "learning_rate = 0.1");
    // Each kind of settings counts once: (0.65 + 0.85) / 2, not the mean over the three runs.
    CHECK_NEAR(*rows[0].value, 0.75, 1e-12);
    CHECK_EQ(rows[0].settings, 2u);
    CHECK_EQ(rows[0].measured, 3u);
    CHECK_EQ(rows[0].ids.size(), 3u);
    CHECK_NEAR(*rows[1].value, 0.5, 1e-12);
    CHECK_EQ(rows[1].settings, 1u);
    // The difference is that of the means, not of one kind's seeds.
    const ComparedRuns runs = REQUIRE_OK(comparedRuns(reader, {}));
    CHECK_NEAR(*differencesTo(runs, rows, "d").front().difference, 0.25, 1e-12);
    options.groupBy = "nonsense";
    CHECK(!compareRuns(reader, options));
}

HILO_TEST(aRunMadeAgainWithItsSeedIsNoFurtherSeed)
{
    ProjectFixture fixture;
    for (const auto& [id, seed, accuracy] : {std::tuple{"a1", 1, 0.25}, {"a1-again", 1, 0.25}})
        fixture.addFinishedRun(id, runDocument("one", {{"seed", seed}}), accuracy, 2000);
    REQUIRE_OK(fixture.store().scan());
    RunReader reader = fixture.reader();
    CompareOptions options;
    options.groupSeeds = true;
    const std::vector<CompareRow> once = REQUIRE_OK(compareRuns(reader, options));
    CHECK_EQ(once.size(), 1u);
    CHECK_EQ(once[0].ids.size(), 2u);
    CHECK_EQ(once[0].seeds, 1u);
    CHECK_EQ(once[0].measured, 1u);
    CHECK(!once[0].deviation);
    // Of a single seed the interval is that of its evaluation, never one of width nothing.
    CHECK(once[0].low && *once[0].low < 0.25);
    CHECK_CONTAINS(tableOf(once, {}, {}), " 1 ");
    fixture.addFinishedRun("a2", runDocument("one", {{"seed", 2}}), 0.35, 2000);
    REQUIRE_OK(fixture.store().scan());
    const std::vector<CompareRow> twice = REQUIRE_OK(compareRuns(reader, options));
    CHECK_EQ(twice[0].seeds, 2u);
    CHECK_NEAR(*twice[0].value, 0.30, 1e-12);
}

HILO_TEST(aRunThatFailedTopsNeitherTheTableNorTheFront)
{
    ProjectFixture fixture;
    fixture.addFinishedRun("good", runDocument("good", {{"seed", 1}}), 0.80, 1000);
    for (const auto& [id, seed, end] :
         {std::tuple{"failed", 2, eventLine("failed", {{"code", 5}, {"message", "bad"}}) + "\n"}, {"runs", 3, ""}}) {
        fixture.addRun(id, runDocument("good", {{"seed", seed}}));
        const Json best = {{"step", 5}, {"split", "validation"}, {"accuracy", 0.99}, {"interval", {0.98, 1.0}}};
        appendText(fixture.folder(id) / "events.ndjson",
                   eventLine("started", {{"steps", 10}, {"trainable_parameters", 1000}}) + "\n" + stepLine(5, 1.0) +
                       "\n" + eventLine("evaluation", best) + "\n" + end);
    }
    REQUIRE_OK(fixture.store().scan());
    RunReader reader = fixture.reader();
    const auto rows = REQUIRE_OK(compareRuns(reader, {}));
    CHECK_EQ(idsOf(rows), "good* failed runs");
    CHECK(!rows[1].value && !rows[1].low && !rows[2].value);
    CompareOptions grouped;
    grouped.groupSeeds = true;
    const auto groups = REQUIRE_OK(compareRuns(reader, grouped));
    CHECK_EQ(groups.size(), 1u);
    CHECK_EQ(*groups[0].value, 0.80);
    CHECK_EQ(groups[0].measured, 1u);
    CHECK_NEAR(*groups[0].high, 0.85, 1e-12);
    CHECK_CONTAINS(tableOf(groups, {}), "1 of 3");
    grouped.filter = REQUIRE_OK(Filter::parse("accuracy > 0.9"));
    CHECK(REQUIRE_OK(compareRuns(reader, grouped)).empty());
    grouped.filter = REQUIRE_OK(Filter::parse("evaluation.validation > 0.9"));
    CHECK_EQ(REQUIRE_OK(compareRuns(reader, grouped)).size(), 1u);
}

HILO_TEST(aFilterChoosesTheRunsOfATable)
{
    const Runs runs;
    CompareOptions options;
    options.filter = REQUIRE_OK(Filter::parse("run_name = narrow or accuracy > 0.85"));
    options.columns = {"map.total_rank", "training.seed"};
    const std::vector<CompareRow> rows = runs.rows(options);
    CHECK_EQ(idsOf(rows), "wide3* narrow3* narrow2");
    CHECK_EQ(rows[0].values, (std::vector<std::string>{"32", "3"}));
    CHECK_EQ(rows[1].values, (std::vector<std::string>{"8", "3"}));
    options.columns = {"no.such"};
    RunReader reader = runs.fixture.reader();
    CHECK_CONTAINS(REQUIRE_ERROR(compareRuns(reader, options)).message, "no.such");
}

HILO_TEST(onlyWhatDiffersIsShown)
{
    const Runs runs;
    RunReader reader = runs.fixture.reader();
    std::vector<std::string> keys;
    for (const SettingDifference& one : REQUIRE_OK(differingSettings(reader, {"wide1", "wide2"})))
        keys.push_back(one.key);
    CHECK_EQ(keys, (std::vector<std::string>{"training.seed"}));
    bool sawRank = false;
    for (const SettingDifference& one : REQUIRE_OK(differingSettings(reader, {"wide2", "narrow2"}))) {
        CHECK(one.key != "training.seed");
        CHECK(one.key != "training.learning_rate");
        if (one.key == "map.experts") {
            sawRank = true;
            CHECK_EQ(one.values, (std::vector<std::string>{"8", "4"}));
        }
    }
    CHECK(sawRank);
    CHECK_CONTAINS(describe(REQUIRE_ERROR(differingSettings(reader, {"wide1", "nobody"}))), "nobody");
}

HILO_TEST(pairedDifferencesGoSeedBySeed)
{
    const Runs runs;
    RunReader reader = runs.fixture.reader();
    const PairedDifference paired = REQUIRE_OK(pairedDifference(reader, "wide1", "narrow2"));
    CHECK_EQ(paired.seeds, (std::vector<std::int64_t>{2, 3}));
    CHECK_NEAR(paired.differences[0], 0.02, 1e-12);
    CHECK_NEAR(paired.differences[1], 0.06, 1e-12);
    CHECK_NEAR(paired.summary.mean, 0.04, 1e-12);
    // s = 0.0282843, t(0.975, 1) = 12.7062: +- 0.254124.
    CHECK_NEAR(*paired.summary.high - paired.summary.mean, 12.706204736432095 * 0.02, 1e-9);
}

HILO_TEST(whatCannotBePairedIsAnErrorAndNoZero)
{
    Runs runs;
    RunReader reader = runs.fixture.reader();
    const auto errorOf = [&](const std::string& a, const std::string& b) {
        return REQUIRE_ERROR(pairedDifference(reader, a, b));
    };
    const Error repetition = errorOf("wide1", "wide3");
    CHECK_CONTAINS(repetition.message, "differ in name and seed only");
    CHECK_CONTAINS(repetition.hint, "--group-seeds");
    CHECK_CONTAINS(errorOf("wide2", "wide2").message, "named twice");
    CHECK_CONTAINS(errorOf("waiting", "waiting").message, "named twice");
    CHECK_CONTAINS(errorOf("wide1", "waiting").message, "\"waiting\" nor a repetition of it has an accuracy");
    runs.fixture.addFinishedRun("other9", runDocument("other", {{"seed", 9}}, {8}), 0.5, 100);
    REQUIRE_OK(runs.fixture.store().scan());
    const Error noSeed = errorOf("wide1", "other9");
    CHECK_CONTAINS(noSeed.message, "no seed in common");
    CHECK_CONTAINS(noSeed.hint, "--seeds");
}

HILO_TEST(csvQuotesAndNeverBecomesAFormula)
{
    CHECK_EQ(csvOf({{"a", "b"}, {"=1+1", "-3.5"}, {"@x", "+cmd"}, {"one,two", "say \"hi\"\n"}}),
             "a,b\r\n'=1+1,-3.5\r\n'@x,'+cmd\r\n\"one,two\",\"say \"\"hi\"\"\n\"\r\n");
    const Runs runs;
    const std::string csv = csvOf(runs.rows({}), {});
    CHECK_CONTAINS(csv, "id,name,state,runs,accuracy,interval_low,interval_high,standard_deviation,"
                        "trainable_parameters,active_parameters,seconds,pareto,seeds\r\n");
    CHECK_CONTAINS(csv, "wide3,wide,finished,1,0.87,0.82,0.92,,2000,1000,12.5,true,1\r\n");
    CHECK_CONTAINS(csv, "waiting,waiting,new,1,,,,,,,,false,1\r\n");
}

HILO_TEST(tablesAlignByCharactersNotBytes)
{
    CHECK_EQ(alignedTable({{"name", "n"}, {"é", "10"}, {"abcde", "7"}}), "name   n\né      10\nabcde   7\n");
    // A column that holds a text is to the left as a whole.
    CHECK_EQ(alignedTable({{"setting", "value"}, {"a", "10"}, {"b", "a long text"}}),
             "setting  value\na        10\nb        a long text\n");
    const Runs runs;
    CHECK_CONTAINS(tableOf(runs.rows({}), {}), "87.00 %  82.00 % to 92.00 %");
}

HILO_TEST(longNumbersAreShortInTheTableAndWholeInFiles)
{
    CompareRow row;
    row.ids = {"a"};
    row.values = {"8.264009475708008", "2468", "0.0003", "a.long.word.with.dots"};
    const std::vector<std::string> columns = {"loss", "experts", "rate", "text"};
    CHECK_CONTAINS(tableOf({row}, columns), "8.26401 ");
    for (const char* text : {"2468", "0.0003", "a.long.word.with.dots"})
        CHECK_CONTAINS(tableOf({row}, columns), text);
    CHECK_CONTAINS(csvOf({row}, columns), "8.264009475708008,2468,0.0003,a.long.word.with.dots");
}

HILO_TEST(jsonHasNumbersAndNulls)
{
    const Runs runs;
    CompareOptions options;
    options.columns = {"training.seed"};
    const Json list = jsonOf(runs.rows(options), options.columns);
    CHECK_EQ(list.size(), 6u);
    CHECK_EQ(list[0]["id"].get<std::string>(), "wide3");
    CHECK_EQ(list[0]["accuracy"].get<double>(), 0.87);
    CHECK(list[0]["pareto"].get<bool>());
    CHECK_EQ(list[0]["settings"]["training.seed"].get<std::string>(), "3");
    CHECK(list[5]["accuracy"].is_null());
    CHECK(list[5]["interval"].is_null());
}

HILO_TEST(thePlotHasAPointForEveryRunWithAnAccuracy)
{
    const Runs runs;
    std::vector<CompareRow> rows = runs.rows({});
    rows[0].name = "<wide> & \"co\"";
    const std::string svg = svgOf(rows, ParetoCost::Trainable);
    std::size_t circles = 0;
    for (auto at = svg.find("<circle"); at != std::string::npos; at = svg.find("<circle", at + 1))
        ++circles;
    CHECK_EQ(circles, 5u);
    CHECK_CONTAINS(svg, "&lt;wide&gt; &amp; &quot;co&quot;");
    CHECK(svg.find("nan") == std::string::npos && svg.find("inf") == std::string::npos);
    CHECK_CONTAINS(svgOf({}, ParetoCost::Active), "</svg>");
    rows.resize(1);
    CHECK(svgOf(rows, ParetoCost::Active).find("nan") == std::string::npos);
}
