// SPDX-License-Identifier: GPL-3.0-or-later
// Another program's numbers in the index: beside the runs' own, never among them, and in step with the file.
#include "compare/compare.h"
#include "core/project/project_fixture.h"
#include "core/run/lm_eval_document.h"
#include "index/key_names.h"
#include "run/imported_scores.h"
#include "run/lm_eval_results.h"

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

class Runs
{
  public:
    Runs()
    {
        for (const char* id : {"one", "two", "bare"})
            fixture.addFinishedRun(id, runDocument(id), id == std::string("two") ? 0.5 : 0.75, 1000);
        take("one", 0.625, 20);
        take("two", 0.75, 10);
    }

    void take(const std::string& id, double accuracy, double perplexity, bool replace = false) const
    {
        Json document = lmEvalDocument();
        document["results"]["arc_easy"]["acc,none"] = accuracy;
        document["results"]["wikitext"]["word_perplexity,none"] = perplexity;
        writeText(fixture.folder(id) / "results.json", document.dump());
        REQUIRE_OK(importLmEvalScores(fixture.folder(id), fixture.folder(id) / "results.json", replace));
    }

    std::vector<CompareRow> rows(const std::string& metric, const std::string& filter = {}) const
    {
        RunReader reader = fixture.reader();
        CompareOptions options;
        options.metric = REQUIRE_OK(MetricChoice::parse(metric));
        options.filter = REQUIRE_OK(Filter::parse(filter));
        return REQUIRE_OK(compareRuns(reader, options));
    }

    ProjectFixture fixture;
};

} // namespace

HILO_TEST(importedNumbersAreComparedButAreNoResult)
{
    const Runs runs;
    RunStore store = runs.fixture.store();
    REQUIRE_OK(store.scan());
    RunReader reader = runs.fixture.reader();
    // The result is what it was.
    CHECK_EQ(REQUIRE_OK(reader.finalScores("one")).size(), 1u);
    CHECK_EQ(REQUIRE_OK(reader.run("one")).accuracy.value(), 0.75);
    CHECK_EQ(REQUIRE_OK(reader.importedScores("one")).size(), 6u);
    CHECK(REQUIRE_OK(reader.importedScores("bare")).empty());

    const auto best = runs.rows("lm_eval.acc@arc_easy");
    CHECK_EQ(best.at(0).ids.front(), "two");
    CHECK_EQ(best.at(0).value.value(), 0.75);
    CHECK_NEAR(best.at(0).low.value(), 0.75 - 1.959964 * 0.02, 1e-6);
    CHECK_EQ(best.at(1).ids.front(), "one");
    CHECK(!best.at(2).value);
    // Lower is better.
    CHECK_EQ(runs.rows("lm_eval.word_perplexity@wikitext").at(0).value.value(), 10);
    // The group is no task of the mean.
    CHECK_EQ(runs.rows("lm_eval.acc").at(0).value.value(), 0.75);
    CHECK_EQ(runs.rows("lm_eval.acc@both").at(0).value.value(), 0.5);

    CHECK_EQ(runs.rows("accuracy", "lm_eval.acc@arc_easy > 0.7").size(), 1u);
    CHECK_EQ(runs.rows("accuracy", "result.lm_eval.acc > 0.6").size(), 2u);
    const auto column = REQUIRE_OK(columnValues(reader.database(), "lm_eval.exact_match.strict-match@gsm8k"));
    CHECK_EQ(column.size(), 2u);

    std::string metrics;
    for (const MeasuredMetric& one : REQUIRE_OK(reader.measuredMetrics()))
        metrics += one.metric + "@" + one.task + "=" + std::to_string(one.runs) + " ";
    CHECK_CONTAINS(metrics, "lm_eval.acc@arc_easy=2 ");
    CHECK_CONTAINS(metrics, "lm_eval.acc@=2 ");
    CHECK_CONTAINS(metrics, "accuracy@=3 ");
}

HILO_TEST(theIndexFollowsTheFile)
{
    const Runs runs;
    RunStore store = runs.fixture.store();
    REQUIRE_OK(store.scan());
    const auto accuracyOf = [&](const std::string& id) {
        RunReader reader = runs.fixture.reader();
        for (const FinalScore& score : REQUIRE_OK(reader.importedScores(id)))
            if (score.metric == "lm_eval.acc" && score.task == "arc_easy")
                return score.value;
        return -1.0;
    };
    CHECK_EQ(accuracyOf("one"), 0.625);
    // A finished run whose log has not changed.
    runs.take("one", 0.875, 20, true);
    CHECK_EQ(REQUIRE_OK(store.scan()).changed, 1);
    CHECK_EQ(accuracyOf("one"), 0.875);
    CHECK_EQ(REQUIRE_OK(store.scan()).changed, 0);

    writeText(runs.fixture.folder("one") / importedScoresFile, "{}");
    REQUIRE_OK(store.scan());
    CHECK_EQ(accuracyOf("one"), -1.0);
    CHECK_CONTAINS(REQUIRE_OK(runs.fixture.reader().run("one")).problem, importedScoresFile);
    fs::remove(runs.fixture.folder("one") / importedScoresFile);
    REQUIRE_OK(store.scan());
    CHECK_EQ(REQUIRE_OK(runs.fixture.reader().run("one")).problem, "");

    REQUIRE_OK(store.reindex(false));
    CHECK_EQ(accuracyOf("two"), 0.75);
    REQUIRE_OK(store.forget("two"));
    CHECK_EQ(accuracyOf("two"), -1.0);
}
