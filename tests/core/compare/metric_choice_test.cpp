// SPDX-License-Identifier: GPL-3.0-or-later
// Comparing by any metric of any task, whichever way is better.
#include "compare/metric_choice.h"

#include "compare/compare_baseline.h"
#include "compare/compare_svg.h"
#include "compare/compare_table.h"
#include "compare/metric_notes.h"

#include "core/project/project_fixture.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

/// Two tasks over two allocations and two seeds. What has the lower loss has the lower accuracy.
class Runs
{
  public:
    Runs()
    {
        add("big", 1, 4000, {4, 4}, 0.9, 1.0, 2.0, 0.5);
        add("big", 2, 4000, {4, 4}, 0.8, 1.2, 2.2, 0.4);
        add("small", 1, 1000, {2}, 0.7, 0.8, 1.0, 0.1);
        add("small", 2, 1000, {2}, 0.6, 0.9, 1.4, 0.2);
        // Measured on one task only, and by a metric of somebody else's.
        fixture.addRunOfTasks("half", runDocument("half", {{"seed", 1}}, {8}),
                              {{"mrpc", {{"loss", 0.1}, {"metrics", {{"zing", 7.0}}}}}}, 500);
        fixture.addRun("waiting", runDocument("waiting"));
        REQUIRE_OK(fixture.store().scan());
    }

    std::vector<CompareRow> rows(const std::string& metric, bool groups = false, const std::string& filter = {}) const
    {
        RunReader reader = fixture.reader();
        CompareOptions options;
        options.metric = REQUIRE_OK(MetricChoice::parse(metric));
        options.groupSeeds = groups;
        options.filter = REQUIRE_OK(Filter::parse(filter));
        return REQUIRE_OK(compareRuns(reader, options));
    }

    ProjectFixture fixture;

  private:
    void add(const std::string& name, int seed, int trainable, const std::vector<int>& ranks, double accuracy,
             double colaLoss, double mrpcLoss, double matthews)
    {
        fixture.addRunOfTasks(
            name + std::to_string(seed), runDocument(name, {{"seed", seed}}, ranks),
            {{"cola", {{"loss", colaLoss}, {"metrics", {{"matthews", matthews}, {"accuracy", accuracy}}}}},
             {"mrpc", {{"loss", mrpcLoss}, {"accuracy", accuracy - 0.2}}}},
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

HILO_TEST(aChoiceIsReadAndWritten)
{
    const MetricChoice choice = REQUIRE_OK(MetricChoice::parse("loss@cola"));
    CHECK_EQ(choice.metric, "loss");
    CHECK_EQ(choice.task, "cola");
    CHECK_EQ(choice.text(), "loss@cola");
    CHECK_EQ(choice.label(), "Loss of cola");
    CHECK(choice.lowerIsBetter() && choice.isBetter(1, 2) && !choice.isBetter(2, 2) && choice.isKnown());
    CHECK_EQ(REQUIRE_OK(MetricChoice::parse("a@b@c")).task, "b@c");
    const MetricChoice unknown = REQUIRE_OK(MetricChoice::parse("zing"));
    CHECK(!unknown.isKnown() && !unknown.lowerIsBetter() && unknown.isBetter(2, 1) && !unknown.isShare());
    CHECK_EQ(unknown.label(), "zing");
    CHECK(MetricChoice().isShare() && MetricChoice().isAccuracy());
    for (const char* wrong : {"", "@cola", "loss@", "@"})
        CHECK_EQ(static_cast<int>(REQUIRE_ERROR(MetricChoice::parse(wrong)).code),
                 static_cast<int>(ErrorCode::WrongUsage));
}

HILO_TEST(whatNoResultHoldsIsRefusedByName)
{
    const std::vector<MeasuredMetric> measured = {
        {"accuracy", "", 2}, {"accuracy", "cola", 1}, {"accuracy", "mrpc", 1}, {"zing", "", 1}};
    for (const char* good : {"accuracy", "accuracy@cola", "zing", "loss"})
        REQUIRE_OK(checkChoice(REQUIRE_OK(MetricChoice::parse(good)), measured));
    const Error task = REQUIRE_ERROR(checkChoice({"accuracy", "rte"}, measured));
    CHECK_CONTAINS(task.message, "of a task \"rte\"; it was measured of cola, mrpc.");
    CHECK_CONTAINS(task.hint, "--list-metrics");
    CHECK_CONTAINS(REQUIRE_ERROR(checkChoice({"blorp", ""}, measured)).message, "there is accuracy, zing.");
    REQUIRE_OK(checkChoice({"loss", "cola"}, {}));
    CHECK(!checkChoice({"blorp", ""}, {}));
}

HILO_TEST(tableAndFrontKnowWhichWayIsBetter)
{
    const Runs runs;
    CHECK_EQ(idsOf(runs.rows("accuracy")), "big1* big2 small1* small2 half waiting");
    // Less loss at more parameters lies on the front; more loss at more parameters does not.
    CHECK_EQ(idsOf(runs.rows("loss")), "half* small1 small2 big1 big2 waiting");
    CHECK_EQ(idsOf(runs.rows("loss@cola")), "small1* small2 big1 big2 half waiting");
    CHECK_EQ(idsOf(runs.rows("matthews@cola")), "big1* big2 small2* small1 half waiting");
    CHECK_EQ(idsOf(runs.rows("zing")), "half* big1 big2 small1 small2 waiting");
    const auto losses = runs.rows("loss");
    CHECK_NEAR(*losses[1].value, 0.9, 1e-12);
    CHECK_EQ(losses[1].tasks, (std::vector<std::string>{"cola", "mrpc"}));
    CHECK(!losses.back().value && losses.back().measured == 0);
}

HILO_TEST(groupsHaveTheMeanOfTheMetricWithinItsRange)
{
    const Runs runs;
    const auto rows = runs.rows("loss@mrpc", true);
    CHECK_EQ(idsOf(rows), "half* small1 big1 waiting");
    CHECK_NEAR(*rows[1].value, 1.2, 1e-12);
    // 1.2 -+ 12.706 * 0.2: no loss is below 0, and nothing keeps it from being high.
    CHECK_EQ(*rows[1].low, 0.0);
    CHECK_NEAR(*rows[1].high, 1.2 + 12.706204736432095 * 0.2, 1e-9);
    CHECK_EQ(rows[1].measured, 2u);
    const auto matthews = runs.rows("matthews", true);
    CHECK_NEAR(*matthews[0].low, 0.45 - 12.706204736432095 * 0.05, 1e-9);
    CHECK_EQ(*matthews[0].high, 1.0);
}

HILO_TEST(differencesArePairedByTheChosenMetric)
{
    const Runs runs;
    RunReader reader = runs.fixture.reader();
    const MetricChoice loss{"loss", "cola"};
    const PairedDifference paired = REQUIRE_OK(pairedDifference(reader, "big1", "small2", loss));
    CHECK_EQ(paired.seeds, (std::vector<std::int64_t>{1, 2}));
    CHECK_NEAR(paired.differences[0], 0.2, 1e-12);
    CHECK_NEAR(paired.summary.mean, 0.25, 1e-12);
    CHECK_CONTAINS(REQUIRE_ERROR(pairedDifference(reader, "big1", "half", loss)).message,
                   "has \"loss@cola\" in its result");
    const ComparedRuns compared = REQUIRE_OK(comparedRuns(reader, loss));
    const auto rows = runs.rows("loss@cola", true);
    const auto differences = differencesTo(compared, rows, "big2");
    CHECK_NEAR(*differences[0].difference, -0.25, 1e-12);
    CHECK_EQ(differences[0].seeds, 2);
    CHECK(differences[1].isBaseline && !differences[2].difference);
}

HILO_TEST(filtersAndColumnsFollowTheChosenMetric)
{
    const Runs runs;
    // The bare name is the chosen number; the training loss of the last step was 2/3 everywhere.
    CHECK_EQ(idsOf(runs.rows("loss@cola", false, "loss < 0.95")), "small1* small2");
    CHECK_EQ(idsOf(runs.rows("loss", false, "loss < 0.95")), "half* small1");
    CHECK_EQ(runs.rows("accuracy", false, "loss < 0.95").size(), 5u);
    CHECK_EQ(idsOf(runs.rows("accuracy", false, "loss@cola < 0.95 and result.loss < 1")), "small1*");
    CHECK_EQ(idsOf(runs.rows("loss", false, "matthews > 0.3")), "big1* big2");
    CHECK_EQ(idsOf(runs.rows("loss", false, "not matthews and result.loss")), "half*");
    CHECK_EQ(runs.rows("accuracy@mrpc", false, "accuracy > 0.65").size(), 1u);
    RunReader reader = runs.fixture.reader();
    CompareOptions options;
    options.filter = REQUIRE_OK(Filter::parse("state = finished and loss@rte < 1"));
    CHECK_CONTAINS(REQUIRE_ERROR(compareRuns(reader, options)).message, "loss@rte");
    options.filter = REQUIRE_OK(Filter::parse("loss@cola = low"));
    CHECK_CONTAINS(REQUIRE_ERROR(compareRuns(reader, options)).message, "is a number");
    options.filter = {};
    options.metric = {"loss", "mrpc"};
    options.columns = {"loss", "loss.last", "accuracy@cola"};
    const auto rows = REQUIRE_OK(compareRuns(reader, options));
    CHECK_EQ(rows[1].values[0], "1");
    CHECK_CONTAINS(rows[1].values[1], "0.66");
    CHECK_EQ(rows[1].values[2], "0.7");
}

HILO_TEST(tableCsvAndJsonNameTheMetric)
{
    const Runs runs;
    const MetricChoice loss{"loss", "cola"};
    const auto rows = runs.rows("loss@cola");
    CHECK_CONTAINS(tableOf(rows, {}, loss), "loss@cola");
    CHECK_CONTAINS(tableOf(rows, {}, loss), "not measured");
    CHECK(tableOf(rows, {}, loss).find('%') == tableOf(rows, {}, loss).find("95 % interval") + 3);
    CHECK_CONTAINS(csvOf(rows, {}, loss), "runs,loss@cola,interval_low");
    CHECK_CONTAINS(csvOf(rows, {}, loss), "small1,small,finished,1,0.8,,,,1000,500,12.5,true,1\r\n");
    CHECK_CONTAINS(csvOf(rows, {}, loss), "half,half,finished,1,,,,,500,250,12.5,false,1\r\n");
    const Json list = jsonOf(rows, {}, loss);
    for (const Json& entry : list) {
        CHECK_EQ(entry["metric"].get<std::string>(), "loss");
        CHECK_EQ(entry["task"].get<std::string>(), "cola");
        CHECK_EQ(entry["better"].get<std::string>(), "lower");
        CHECK(!entry.contains("accuracy"));
    }
    CHECK_EQ(list[0]["value"].get<double>(), 0.8);
    CHECK(list[4]["value"].is_null());
    const Json accuracies = jsonOf(runs.rows("accuracy"), {});
    CHECK(accuracies[0]["task"].is_null());
    CHECK_EQ(accuracies[0]["accuracy"].get<double>(), accuracies[0]["value"].get<double>());
    CHECK_EQ(accuracies[0]["tasks"].size(), 2u);
}

HILO_TEST(whatATableHidesIsSaid)
{
    const Runs runs;
    const MetricChoice mean{"loss", ""}, one{"loss", "cola"};
    const auto notes = notesOf(runs.rows("loss"), mean);
    CHECK_EQ(notes.size(), 1u);
    CHECK_CONTAINS(notes[0], "different tasks: cola, mrpc (4); mrpc (1)");
    const auto missing = notesOf(runs.rows("loss@cola"), one);
    CHECK_EQ(missing.size(), 1u);
    CHECK_CONTAINS(missing[0], "1 row has finished without \"loss@cola\" and is not compared: half.");
    const auto unknown = notesOf(runs.rows("zing"), {"zing", ""});
    CHECK_EQ(unknown.size(), 2u);
    CHECK_CONTAINS(unknown[1], "higher is taken for better");
    CHECK(notesOf({}, mean).empty());
}

HILO_TEST(thePlotHasTheAxisOfItsMetric)
{
    const Runs runs;
    const std::string svg = svgOf(runs.rows("loss"), ParetoCost::Trainable, {"loss", ""});
    CHECK_CONTAINS(svg, "Loss, nats a token (lower is better; 95 % interval)");
    CHECK(svg.find(" %</text>") == std::string::npos);
    CHECK_CONTAINS(svg, ">1.5</text>");
    CHECK_CONTAINS(svgOf(runs.rows("accuracy"), ParetoCost::Trainable), " %</text>");
    for (const char* metric : {"zing", "matthews", "perplexity"}) {
        const std::string other = svgOf(runs.rows(metric), ParetoCost::Active, REQUIRE_OK(MetricChoice::parse(metric)));
        CHECK(other.find("nan") == std::string::npos && other.find("inf") == std::string::npos);
        CHECK_CONTAINS(other, "</svg>");
    }
}
