// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/run_event.h"

#include "run/event_line.h"
#include "run/run_result.h"
#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

RunEvent eventOf(const std::string& fields)
{
    return readRunEvent(REQUIRE_OK(parseEventLine("{" + fields + "}", "events.ndjson")));
}

template <class Kind>
Kind kindOf(const std::string& fields)
{
    const RunEvent event = eventOf(fields);
    CHECK(std::holds_alternative<Kind>(event.what));
    return std::get<Kind>(event.what);
}

} // namespace

HILO_TEST(everyKindIsRead)
{
    const RunEvent step = eventOf(R"("t":"1970-01-01T00:00:01.500Z","event":"step","step":7,"loss":2.5,"lr":null)");
    CHECK_EQ(step.step.value_or(0), 7);
    CHECK_EQ(step.time.value_or(0), 1500);
    const auto& metrics = std::get<RunEvent::Step>(step.what).metrics;
    CHECK_EQ(metrics.size(), 2u);
    CHECK_EQ(metrics[0].first, "loss");
    CHECK_EQ(metrics[0].second, 2.5);
    CHECK(std::isnan(metrics[1].second));

    const auto started = kindOf<RunEvent::Started>(R"("event":"started","steps":9,"processes":2,"devices":"cpu,cpu")");
    CHECK_EQ(started.steps.value_or(0), 9);
    CHECK(started.rowsSha256.empty() && started.trainingRows == 0); // older programs
    const auto rows = kindOf<RunEvent::Started>(R"("event":"started","rows_sha256":"ab","training_rows":7)");
    CHECK_EQ(rows.rowsSha256, "ab");
    CHECK_EQ(rows.trainingRows, 7);
    CHECK_EQ(started.processes, 2);
    const auto evaluation = kindOf<RunEvaluation>(
        R"("event":"evaluation","step":3,"task":"cola","split":"test","protocol":"label-logit","final":true,
           "metrics":{"accuracy":0.75,"matthews":-0.5},"interval":[-0.001,0.8],"correct":3,"total":4,"loss":0.5)");
    CHECK_EQ(evaluation.task, "cola");
    CHECK(evaluation.isFinal == std::optional(true));
    CHECK_EQ(evaluation.score.accuracy.value_or(0), 0.75);
    CHECK_EQ(evaluation.score.low.value_or(1), 0.0);
    CHECK_EQ(evaluation.score.high.value_or(0), 0.8);
    CHECK_EQ(evaluation.score.loss.value_or(0), 0.5);
    CHECK_EQ(evaluation.score.metrics.at("matthews"), -0.5);
    CHECK_EQ(kindOf<RunEvent::Checkpoint>(R"("event":"checkpoint","step":3,"path":"checkpoints/step-3")").path,
             "checkpoints/step-3");
    const auto routing = kindOf<RunEvent::Routing>(
        R"("event":"routing","modules":[{"layer":1,"module":"q_proj","load":[0.5,NaN]},{"layer":-1,"module":"x",
           "load":[]},{"layer":1e30,"module":"x","load":[]},7])");
    CHECK_EQ(routing.modules.size(), 1u);
    CHECK_EQ(routing.modules[0].load.size(), 2u);
    CHECK(routing.modules[0].weight.empty());
    const auto weighed = kindOf<RunEvent::Routing>(
        R"("event":"routing","modules":[{"layer":1,"module":"q_proj","load":[1,1],"weight":[0.25,"x",null]}])");
    CHECK_EQ(weighed.modules.at(0).weight.size(), 3u);
    CHECK_EQ(weighed.modules[0].weight[0], 0.25);
    CHECK(std::isnan(weighed.modules[0].weight[1]) && std::isnan(weighed.modules[0].weight[2]));
    CHECK(routing.tasks.empty());
    const auto perTask = kindOf<RunEvent::Routing>(
        R"("event":"routing","modules":[],"tasks":{"cola":{"modules":[{"layer":2,"module":"q_proj","load":[1,0]}]},
           "none":{"modules":[]},"odd":7,"older":[{"layer":2,"module":"q_proj","load":[1,0]}]})");
    CHECK_EQ(perTask.tasks.size(), 2u);
    CHECK_EQ(perTask.tasks.at("older").at(0).load.at(0), 1.0);
    CHECK_EQ(perTask.tasks.at("cola")[0].layer, 2);
    CHECK_EQ(kindOf<RunEvent::Finished>(R"("event":"finished","selected_step":40)").selectedStep.value_or(0), 40);
    CHECK(!kindOf<RunEvent::Finished>(R"("event":"finished","selected_step":-1)").selectedStep);
    const auto others = kindOf<RunEvaluation>(
        R"("event":"evaluation","metrics":{"rouge_l":0.4,"loss":1.5,"perplexity":-3},
           "intervals":{"rouge_l":[0.3,0.5],"loss":[2,1],"x":7})");
    CHECK_EQ(others.score.intervals.size(), 1u);
    CHECK_EQ(others.score.intervals.at("rouge_l").second, 0.5);
    CHECK_EQ(others.score.loss.value_or(0), 1.5);
    CHECK(!others.score.perplexity);
    CHECK(kindOf<RunEvent::Stopped>(R"("event":"stopped","by":"signal")").bySignal);
    CHECK(!kindOf<RunEvent::Stopped>(R"("event":"stopped","by":"word")").bySignal);
    const auto failed = kindOf<RunEvent::Failed>(
        R"("event":"failed","code":3,"message":"bad","file":"base","place":"line 1","hint":"mend")");
    CHECK_EQ(failed.message, "base: line 1: bad");
    CHECK_EQ(failed.hint, "mend");
    const auto finished = kindOf<RunEvent::Finished>(
        R"("event":"finished","accuracy":0.5,"tasks":{"cola":{"accuracy":0.4},"odd":7},"seconds":4.5)");
    CHECK_EQ(finished.tasks.size(), 1u);
    CHECK_EQ(finished.tasks.at("cola").accuracy.value_or(0), 0.4);
    CHECK(finished.selected.empty() && !finished.selectedStep && !finished.stoppedEarly);
    const auto selected = kindOf<RunEvent::Finished>(
        R"("event":"finished","selected":"best","selected_step":40,"metric":"loss","value":1.25,"stopped_early":true,
           "not_measured":{"cola":"no test split","odd":7})");
    CHECK_EQ(selected.selected, "best");
    CHECK_EQ(selected.selectedStep.value_or(0), 40);
    CHECK_EQ(selected.value.value_or(0), 1.25);
    CHECK(selected.stoppedEarly);
    CHECK_EQ(selected.notMeasured.size(), 1u);
    CHECK_EQ(kindOf<RunEvent::Started>(R"("event":"started","not_measured":{"a":"why"})").notMeasured.at("a"), "why");
    CHECK_EQ(kindOf<RunEvent::Reallocation>(R"("event":"reallocation","step":5,"moved":3)").moved.value_or(0), 3);
    kindOf<RunEvent::Paused>(R"("event":"paused")");
    kindOf<RunEvent::Resumed>(R"("event":"resumed")");
    kindOf<RunEvent::Unknown>(R"("event":"an event of the future")");
    kindOf<RunEvent::Unknown>(R"("event":7)");
}

HILO_TEST(whatCannotBeMeantIsAbsent)
{
    for (const char* step : {"-7", "9223372036854775807", "1e300", "5.5", "\"5\"", "null", "NaN", "[]"})
        kindOf<RunEvent::Unusable>(std::string(R"("event":"step","loss":1,"step":)") + step);
    kindOf<RunEvent::Unusable>(R"("event":"step","loss":1)");
    CHECK_EQ(eventOf(R"("event":"step","step":5.0)").step.value_or(0), 5);
    for (const char* accuracy : {"NaN", "1.5", "-0.1", "Infinity", "\"0.5\"", "null", "{}"}) {
        const auto evaluation =
            kindOf<RunEvaluation>(std::string(R"("event":"evaluation","interval":[0,1],"accuracy":)") + accuracy);
        CHECK(!evaluation.score.accuracy && !evaluation.score.low);
    }
    for (const char* interval : {"[0.9,0.1]", "[0.1]", "[NaN,1]", "7", "[\"0\",1]"})
        CHECK(!kindOf<RunEvaluation>(std::string(R"("event":"evaluation","accuracy":0.5,"interval":)") + interval)
                   .score.low);
    const auto finished =
        kindOf<RunEvent::Finished>(R"("event":"finished","seconds":-3,"trainable_parameters":-1,"tasks":[])");
    CHECK(!finished.seconds && !finished.trainableParameters);
}

HILO_TEST(numbersThatAreNotFiniteAreGaps)
{
    for (const char* number : {"NaN", "nan", "-nan", "Infinity", "-Infinity", "inf", "1e999", "-1E+999", "null"}) {
        const auto step = kindOf<RunEvent::Step>(std::string(R"("event":"step","step":1,"lr":0.5,"loss":)") + number);
        CHECK_EQ(step.metrics.size(), 2u);
        CHECK_EQ(step.metrics[0].second, 0.5);
        CHECK(std::isnan(step.metrics[1].second));
    }
    // In texts they are texts.
    const Json event = REQUIRE_OK(parseEventLine(R"({"event":"failed","message":"NaN \" inf \\","x":NaN})", "log"));
    CHECK_EQ(event["message"].get<std::string>(), "NaN \" inf \\");
    CHECK(event["x"].is_null());
    for (const char* line : {"{\"event\": nothing}", "{\"x\": NaN", "{\"x\": NaN\"", "NaN,", "{\"x\": --1}", "{\"\\"})
        CHECK(!parseEventLine(line, "log"));
}

HILO_TEST(aResultIsTheSameHoweverOftenTheLogIsReadOn)
{
    RunResult result;
    for (const char* line :
         {R"("event":"started","steps":4,"step":0)", R"("event":"step","step":1)", R"("event":"step","step":2)",
          R"("event":"evaluation","step":2,"split":"validation","accuracy":0.9)", R"("event":"step","step":3)",
          R"("event":"stopped","by":"signal")"})
        result.apply(eventOf(line));
    CHECK_EQ(result.state, "interrupted");
    CHECK(!result.score.accuracy);
    CHECK_EQ(result.evaluations.size(), 1u);
    for (const char* line :
         {R"("event":"started","steps":4,"step":1)", R"("event":"step","step":2)", R"("event":"step","step":4)",
          R"("event":"evaluation","step":4,"split":"test","accuracy":0.5,"final":true,"interval":[0.4,0.6])"})
        result.apply(eventOf(line));
    CHECK_EQ(result.state, "started");
    CHECK_EQ(result.evaluations.size(), 1u);
    CHECK(!result.score.accuracy);
    result.apply(eventOf(R"("event":"finished","step":4,"accuracy":0.5)"));
    CHECK_EQ(result.state, "finished");
    CHECK_EQ(result.score.accuracy.value_or(0), 0.5);
    CHECK_EQ(result.score.low.value_or(0), 0.4);
    CHECK_EQ(result.tasks.size(), 1u);
}

/// Where not every step is logged, the last line of a step is older than the place where the run stopped.
HILO_TEST(aStoppedRunIsAtTheStepThatItSays)
{
    for (const char* by : {"word", "signal"}) {
        RunResult result;
        result.apply(eventOf(R"("event":"started","steps":40,"step":0)"));
        result.apply(eventOf(R"("event":"step","step":5)"));
        result.apply(eventOf(std::string(R"("event":"stopped","step":8,"by":")") + by + "\""));
        CHECK_EQ(result.lastStep.value_or(0), 8);
    }
}
