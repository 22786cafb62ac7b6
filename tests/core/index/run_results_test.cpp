// SPDX-License-Identifier: GPL-3.0-or-later
// Which numbers of a log are a run's result: those of the final evaluations on the run's split, of a run that finished.
#include "core/project/project_fixture.h"
#include "index/schema.h"

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

std::string evaluationLine(int step, const std::string& split, double accuracy, Json more = Json::object())
{
    Json fields = {{"step", step},
                   {"split", split},
                   {"protocol", "label-logit"},
                   {"accuracy", accuracy},
                   {"interval", {accuracy - 0.01, accuracy + 0.01}}};
    fields.update(more);
    return eventLine("evaluation", fields) + "\n";
}

/// "started" and ten steps.
std::string tenSteps()
{
    std::string log = eventLine("started", {{"step", 0}, {"steps", 10}, {"trainable_parameters", 1000}}) + "\n";
    for (int step = 1; step <= 10; ++step)
        log += stepLine(step, 2.0 / step) + "\n";
    return log;
}

std::string finishedLine(double accuracy, Json more = Json::object())
{
    Json fields = {{"step", 10}, {"accuracy", accuracy}, {"seconds", 4.0}};
    fields.update(more);
    return eventLine("finished", fields) + "\n";
}

/// What the index says of a run with this log, read at once and line by line.
class Logged
{
  public:
    explicit Logged(const std::string& log, const Json& evaluation = Json::object())
    {
        Json document = runDocument("a");
        document["evaluation"].update(evaluation);
        fixture_.addRun("whole", document);
        appendText(fixture_.folder("whole") / "events.ndjson", log);
        fixture_.addRun("lines", document);
        RunStore store = fixture_.store();
        for (std::size_t start = 0; start < log.size();) {
            const auto end = log.find('\n', start) + 1;
            appendText(fixture_.folder("lines") / "events.ndjson", log.substr(start, end - start));
            REQUIRE_OK(store.update("lines"));
            start = end;
        }
        REQUIRE_OK(store.scan());
        RunReader reader = fixture_.reader();
        run = REQUIRE_OK(reader.run("whole"));
        const RunSummary lines = REQUIRE_OK(reader.run("lines"));
        CHECK(lines.accuracy == run.accuracy && lines.intervalLow == run.intervalLow &&
              lines.intervalHigh == run.intervalHigh && lines.lastStep == run.lastStep && lines.state == run.state);
        evaluations = REQUIRE_OK(reader.evaluations("whole")).size();
        CHECK_EQ(REQUIRE_OK(reader.evaluations("lines")).size(), evaluations);
    }

    RunSummary run;
    std::size_t evaluations = 0;

  private:
    ProjectFixture fixture_;
};

} // namespace

HILO_TEST(aRunThatHasNotFinishedHasNoResult)
{
    const std::string watched = tenSteps() + evaluationLine(5, "validation", 0.99);
    for (const std::string& end :
         {std::string(), eventLine("failed", {{"code", 5}, {"message", "bad"}}) + "\n",
          eventLine("stopped", {{"step", 10}, {"by", "word"}}) + "\n",
          eventLine("stopped", {{"step", 10}, {"by", "signal"}}) + "\n", eventLine("paused", {{"step", 10}}) + "\n",
          evaluationLine(10, "test", 0.8), evaluationLine(10, "test", 0.8, {{"final", true}})}) {
        const Logged logged(watched + end);
        CHECK(!logged.run.accuracy && !logged.run.intervalLow && !logged.run.intervalHigh);
        CHECK(logged.evaluations >= 1);
        CHECK_EQ(logged.run.trainableParameters.value_or(0), 1000);
    }
}

HILO_TEST(onlyTheFinalEvaluationOnTheRunsSplitCounts)
{
    const Json final = {{"final", true}};
    // As the trainer writes it.
    const Logged logged(tenSteps() + evaluationLine(5, "validation", 0.99) + evaluationLine(10, "test", 0.8, final) +
                        finishedLine(0.8));
    CHECK_EQ(logged.run.accuracy.value_or(0), 0.8);
    CHECK_NEAR(logged.run.intervalLow.value_or(0), 0.79, 1e-12);
    // Before "final" was written: what was measured at the last step, on the run's split.
    const Logged older(tenSteps() + evaluationLine(5, "test", 0.9) + evaluationLine(10, "validation", 0.99) +
                       evaluationLine(10, "test", 0.8) + evaluationLine(10, "validation", 0.98) + finishedLine(0.8));
    CHECK_EQ(older.run.accuracy.value_or(0), 0.8);
    CHECK_EQ(older.evaluations, 3u);
    // The event of the end does not make a validation's accuracy a result.
    for (const Json& more : {Json::object(), final}) {
        CHECK(!Logged(tenSteps() + evaluationLine(10, "validation", 0.99, more) + finishedLine(0.99)).run.accuracy);
        CHECK(!Logged(tenSteps() + evaluationLine(5, "test", 0.99) + finishedLine(0.99)).run.accuracy);
    }
    CHECK_EQ(
        Logged(tenSteps() + evaluationLine(10, "validation", 0.9, final) + finishedLine(0.9), {{"split", "validation"}})
            .run.accuracy.value_or(0),
        0.9);
    CHECK_EQ(Logged(tenSteps() + evaluationLine(10, "validation", 0.9) + finishedLine(0.9), {{"split", "validation"}})
                 .run.accuracy.value_or(0),
             0.9);
    // A log that holds nothing but the summary of the end.
    CHECK_EQ(Logged(tenSteps() + finishedLine(0.7)).run.accuracy.value_or(0), 0.7);
    CHECK(!Logged(tenSteps() + finishedLine(1.7)).run.accuracy);
}

HILO_TEST(aRunThatGoesOnHasNoResultUntilItFinishesAgain)
{
    const std::string once = tenSteps() + evaluationLine(10, "test", 0.8, {{"final", true}}) + finishedLine(0.8) +
                             eventLine("started", {{"step", 8}, {"steps", 10}, {"resumed", true}}) + "\n" +
                             stepLine(9, 0.1) + "\n";
    CHECK(!Logged(once).run.accuracy);
    CHECK_EQ(Logged(once).evaluations, 0u);
    CHECK_EQ(
        Logged(once + stepLine(10, 0.1) + "\n" + evaluationLine(10, "test", 0.6, {{"final", true}}) + finishedLine(0.6))
            .run.accuracy.value_or(0),
        0.6);
}

HILO_TEST(theResultOfSeveralTasksIsTheMeanOverThem)
{
    const auto task = [](const std::string& name) { return Json{{"final", true}, {"task", name}}; };
    const Logged logged(tenSteps() + evaluationLine(10, "test", 0.6, task("cola")) +
                        evaluationLine(10, "test", 0.8, task("mrpc")) +
                        evaluationLine(10, "validation", 1, task("rte")) + finishedLine(0.7));
    CHECK_NEAR(logged.run.accuracy.value_or(0), 0.7, 1e-12);
    CHECK(!logged.run.intervalLow);
    CHECK_EQ(logged.evaluations, 3u);
}

HILO_TEST(anIndexOfAnOlderVersionIsCorrected)
{
    // Before version 6 the newest accuracy passed for the result; version 1 kept no evaluations.
    for (const std::size_t version : {1u, 2u, 5u})
        for (const bool hasFiles : {true, false}) {
            ProjectFixture fixture;
            const std::string failed = tenSteps() + evaluationLine(5, "validation", 0.99) +
                                       eventLine("failed", {{"code", 5}, {"message", "bad"}}) + "\n";
            const std::string finished = tenSteps() + evaluationLine(5, "validation", 0.99) +
                                         evaluationLine(10, "test", 0.8) + finishedLine(0.8);
            const std::string validated = tenSteps() + evaluationLine(10, "validation", 0.99) + finishedLine(0.99);
            for (const auto& [id, log] :
                 {std::pair{"failed", failed}, {"finished", finished}, {"validated", validated}}) {
                fixture.addRun(id);
                appendText(fixture.folder(id) / "events.ndjson", log);
            }
            std::string whole;
            {
                RunStore store = fixture.store();
                whole = contentOf(store.database());
                // What that version had made of the logs.
                REQUIRE_OK(store.database().run([&](SQLite::Database& connection) -> Status {
                    connection.exec("UPDATE runs SET accuracy = 0.99, interval_low = 0.98, interval_high = 1.0");
                    connection.exec("UPDATE runs SET accuracy = 0.8 WHERE id = 'finished'");
                    for (const char* column : {"loss", "processes", "devices", "findings", "resumed_at", "resumed_step",
                                               "spec_name", "given_name", "note", "tags", "starred"})
                        connection.exec(std::string("ALTER TABLE runs DROP COLUMN ") + column);
                    connection.exec("DROP TABLE evaluations");
                    connection.exec("DROP TABLE scores");
                    connection.exec("DROP TABLE imported_scores");
                    for (const char* column : {"notes_stamp", "imported_stamp"})
                        connection.exec(std::string("ALTER TABLE cursors DROP COLUMN ") + column);
                    connection.exec("DROP TABLE queue");
                    for (std::size_t step = 1; step < version; ++step)
                        connection.exec(std::string(schemaSteps()[step]));
                    // These had been read with that version.
                    connection.exec("UPDATE cursors SET events_stamp = '1', spec_stamp = '1'");
                    if (version > 1)
                        connection.exec(
                            "INSERT INTO evaluations (run, split, protocol, step, accuracy) "
                            "SELECT run, 'validation', 'label-logit', 5, 0.99 FROM runs WHERE id = 'failed'");
                    connection.exec("PRAGMA user_version = " + std::to_string(version));
                    return {};
                }));
            }
            if (!hasFiles)
                fs::rename(fixture.project().runsFolder(), fixture.project().folder() / "elsewhere");
            RunStore store = fixture.store();
            REQUIRE_OK(store.scan());
            RunReader reader = fixture.reader();
            CHECK(!REQUIRE_OK(reader.run("failed")).accuracy);
            CHECK(!REQUIRE_OK(reader.run("validated")).accuracy);
            CHECK_EQ(REQUIRE_OK(reader.run("finished")).accuracy.value_or(0), 0.8);
            CHECK_NEAR(REQUIRE_OK(reader.run("finished")).intervalHigh.value_or(0), 0.81, 1e-12);
            CHECK_EQ(REQUIRE_OK(reader.evaluations("finished")).size(), 2u);
            CHECK_EQ(REQUIRE_OK(reader.evaluations("failed")).size(), 1u);
            if (hasFiles)
                CHECK_EQ(contentOf(store.database()), whole);
        }
}
