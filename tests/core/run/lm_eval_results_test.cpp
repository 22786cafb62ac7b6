// SPDX-License-Identifier: GPL-3.0-or-later
// Results of lm-evaluation-harness: what is read, what is refused, and how they come into a run's folder.
#include "core/project/project_fixture.h"
#include "core/run/lm_eval_document.h"
#include "run/lm_eval_results.h"

#include <limits>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

class Run
{
  public:
    Run() { fixture_.addFinishedRun("one", runDocument("one"), 0.75, 1000); }
    fs::path folder() const { return fixture_.folder("one"); }
    fs::path file(const Json& document) const
    {
        const fs::path path = folder() / "results.json";
        writeText(path, document.dump());
        return path;
    }
    Result<ScoreImport> take(const Json& document, bool replace = false) const
    {
        return importLmEvalScores(folder(), file(document), replace);
    }

  private:
    ProjectFixture fixture_;
};

} // namespace

HILO_TEST(tasksMetricsErrorsAndCountsAreRead)
{
    const Run run;
    const LmEvalResults results = REQUIRE_OK(readLmEvalResults(run.file(lmEvalDocument())));
    CHECK_EQ(results.scores.size(), 6u);
    const ImportedScore& first = results.scores.front();
    CHECK_EQ(first.task, "arc_easy");
    CHECK_EQ(first.key(), "lm_eval.acc");
    CHECK_EQ(first.value, 0.625);
    CHECK_EQ(first.standardError.value(), 0.02);
    CHECK_EQ(first.rows.value(), 100);
    CHECK_EQ(first.shots.value(), 5);
    CHECK_EQ(first.version, "0.4.9");
    CHECK_EQ(first.taskVersion, "1.0");
    CHECK_EQ(first.model, "sample");
    CHECK(!first.isGroup);
    const auto named = [&results](const std::string& task, const std::string& key) {
        for (const ImportedScore& score : results.scores)
            if (score.task == task && score.key() == key)
                return score;
        fail(task + " has no " + key, __FILE__, __LINE__);
    };
    CHECK(named("both", "lm_eval.acc").isGroup);
    CHECK(!named("gsm8k", "lm_eval.exact_match.strict-match").standardError);
    CHECK_EQ(named("wikitext", "lm_eval.word_perplexity").value, 21.5);
    CHECK(results.skipped.empty());
}

HILO_TEST(whatIsKnownOfAMetricComesWithItsName)
{
    CHECK(!importedMetric("accuracy") && !importedMetric("lm_eval."));
    CHECK(importedMetric("lm_eval.acc")->isShare && !importedMetric("lm_eval.acc")->lowerIsBetter);
    CHECK(importedMetric("lm_eval.word_perplexity")->lowerIsBetter);
    CHECK(importedMetric("lm_eval.exact_match.strict-match@gsm8k")->isShare);
    CHECK_EQ(importedMetric("lm_eval.exact_match.strict-match")->label,
             "exact_match, strict-match (lm-evaluation-harness)");
    ImportedScore score;
    score.metric = "acc";
    score.value = 0.99;
    CHECK(!intervalOf(score));
    score.standardError = 0.01;
    CHECK_NEAR(intervalOf(score)->low, 0.99 - 0.0195996, 1e-6);
    CHECK_EQ(intervalOf(score)->high, 1);
}

HILO_TEST(otherFormsAreRefused)
{
    const Run run;
    const auto refused = [&run](const Json& document, const std::string& what) {
        CHECK_CONTAINS(describe(REQUIRE_ERROR(run.take(document))), what);
        CHECK(!fs::exists(run.folder() / importedScoresFile));
    };
    refused(Json::array(), "no results file");
    refused(Json::object(), "no results file");
    refused({{"results", {{"arc", {{"acc", 0.5}}}}}, {"versions", {{"arc", 0}}}, {"config", Json::object()}},
            "no results file");
    Json document = lmEvalDocument();
    document["results"]["arc_easy"]["acc,none"] = 1.5;
    refused(document, "out of the range of acc");
    document["results"]["arc_easy"]["acc,none"] = -0.5;
    refused(document, "results.arc_easy.acc,none");
    document["results"]["arc_easy"]["acc,none"] = nullptr;
    refused(document, "finite number");
    document = lmEvalDocument();
    document["results"]["wikitext"]["word_perplexity,none"] = 0.5;
    refused(document, "word_perplexity");
    document = lmEvalDocument();
    document["results"]["arc_easy"]["acc_stderr,none"] = -0.1;
    refused(document, "standard error");
    document = lmEvalDocument();
    document["n-samples"]["arc_easy"]["effective"] = 5000;
    refused(document, "5000 rows of 2376");
    document = lmEvalDocument();
    document["results"]["arc_easy"] = 3;
    refused(document, "no results file");
    // Python's NaN.
    writeText(run.folder() / "nan.json",
              "{\"results\": {\"a\": {\"acc,none\": NaN}}, \"configs\": {}, \"versions\": {}}");
    CHECK_CONTAINS(describe(REQUIRE_ERROR(importLmEvalScores(run.folder(), run.folder() / "nan.json", false))),
                   "finite");
    CHECK_CONTAINS(
        describe(REQUIRE_ERROR(importLmEvalScores(run.folder() / "checkpoints", run.file(lmEvalDocument()), false))),
        "no run's folder");
}

HILO_TEST(aDirectionThatIsNotKnownIsNotTaken)
{
    const Run run;
    Json document = lmEvalDocument();
    document["results"]["arc_easy"]["oddity,none"] = 3.0;
    document["higher_is_better"]["arc_easy"]["oddity"] = false;
    document["results"]["arc_easy"]["bypass,none"] = 999;
    const ScoreImport import = REQUIRE_OK(run.take(document));
    CHECK_EQ(import.added.size(), 6u);
    CHECK_EQ(import.skipped.size(), 2u);
    CHECK_CONTAINS(import.skipped.front() + import.skipped.back(), "oddity of arc_easy");
}

HILO_TEST(scoresComeIntoTheRunOnce)
{
    const Run run;
    const std::string own = readText(run.folder() / "events.ndjson"), spec = readText(run.folder() / "run.json");
    CHECK_EQ(REQUIRE_OK(run.take(lmEvalDocument())).added.size(), 6u);
    const std::string first = readText(run.folder() / importedScoresFile);
    const ScoreImport again = REQUIRE_OK(run.take(lmEvalDocument()));
    CHECK(again.added.empty());
    CHECK_EQ(again.same, 6u);
    CHECK_EQ(readText(run.folder() / importedScoresFile), first);

    Json other = lmEvalDocument();
    other["results"]["arc_easy"]["acc,none"] = 0.5;
    CHECK_CONTAINS(describe(REQUIRE_ERROR(run.take(other))), "acc of arc_easy = 0.625 already");
    CHECK_EQ(readText(run.folder() / importedScoresFile), first);
    const ScoreImport replaced = REQUIRE_OK(run.take(other, true));
    CHECK_EQ(replaced.replaced, 1u);
    CHECK_EQ(replaced.same, 5u);
    const auto scores = REQUIRE_OK(readImportedScores(run.folder()));
    CHECK_EQ(scores.size(), 6u);
    CHECK_EQ(scores.front().value, 0.5);
    CHECK(!scores.front().imported.empty() && scores.front().sha256.size() == 64);

    // The same value over fewer rows is another measurement.
    other["n-samples"]["arc_easy"]["effective"] = 10;
    CHECK_CONTAINS(describe(REQUIRE_ERROR(run.take(other))), "other rows or shots");

    // Nothing of the run's own has changed.
    CHECK_EQ(readText(run.folder() / "events.ndjson"), own);
    CHECK_EQ(readText(run.folder() / "run.json"), spec);
}

HILO_TEST(aDamagedFileOfScoresIsTold)
{
    const Run run;
    REQUIRE_OK(run.take(lmEvalDocument()));
    const fs::path path = run.folder() / importedScoresFile;
    const Json good = REQUIRE_OK(readJsonFile(path));
    const auto refused = [&](const Json& document) {
        writeText(path, document.dump());
        REQUIRE_ERROR(readImportedScores(run.folder()));
    };
    Json bad = good;
    bad["scores"].push_back(bad["scores"][0]);
    refused(bad);
    bad = good;
    bad["scores"][0]["value"] = 2;
    refused(bad);
    bad = good;
    bad["scores"][0]["extra"] = 2;
    refused(bad);
    bad = good;
    bad["format"] = "hilo.imported-scores/9";
    refused(bad);
    bad["scores"] = 3;
    refused(bad);
}
