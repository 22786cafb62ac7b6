// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/benchmark_task.h"

#include "core/project/project_fixture.h"
#include "metrics/metric.h"
#include "run/run_result.h"
#include "run/run_spec.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

Json specWith(const Json& data)
{
    Json document = runDocument("test");
    document["data"] = data;
    document["evaluation"].erase("split");
    document["evaluation"].erase("protocol");
    return document;
}

Json benchmarkTask(const std::string& name)
{
    return {{"benchmark", name}, {"path", "/d/" + name}};
}

Result<RunSpec> parsedSpec(const Json& document)
{
    return parseRunSpec(document, "spec.json", "/somewhere");
}

std::string refused(const Json& document)
{
    const Error error = REQUIRE_ERROR(parsedSpec(document));
    CHECK(error.code == ErrorCode::BadInput);
    return describe(error) + " " + error.hint;
}

} // namespace

HILO_TEST(everyBenchmarkIsScoredInAKnownWay)
{
    for (const auto& benchmark : REQUIRE_OK(allBenchmarks()))
        for (const Benchmark::Protocol& protocol : benchmark->protocols) {
            const Protocol scoring = REQUIRE_OK(scoringOf(*benchmark, protocol));
            // What generates says how much.
            CHECK_EQ(protocol.maxNewTokens > 0, scoring == Protocol::Generate || scoring == Protocol::GenMatchStrict);
        }
    Benchmark own;
    own.file = "own.json";
    Benchmark::Protocol protocol{"p", "d", "text", "guess", "accuracy", 0, {}, {}};
    CHECK_CONTAINS(describe(REQUIRE_ERROR(scoringOf(own, protocol))), "gen-match-strict");
    protocol.metric = "beauty";
    CHECK_CONTAINS(describe(REQUIRE_ERROR(scoringOf(own, protocol))), "beauty");
}

HILO_TEST(aBenchmarkSaysWhatItsTaskDoesNot)
{
    const RunSpec spec = REQUIRE_OK(parsedSpec(specWith(benchmarkTask("mola-cola"))));
    const TaskSpec& task = spec.tasks[0];
    CHECK_EQ(task.name, "mola-cola");
    CHECK(task.protocol == Protocol::GenMatchStrict);
    CHECK_EQ(*task.maxNewTokens, 128);
    CHECK_EQ(task.scoredSplit, "validation");
    CHECK(!task.data.holdsOut);
    CHECK_EQ(spec.evaluation.split, "validation");
    CHECK_EQ(resultSplit(spec.evaluation, task), "validation");
    // What is written is read as the same, also when the template was filled in.
    const Json written = toJson(spec);
    CHECK_EQ(written["data"]["benchmark"].get<std::string>(), "mola-cola");
    CHECK_EQ(toJson(REQUIRE_OK(parsedSpec(written))).dump(), written.dump());
    Json filled = written;
    filled["data"]["template"] = "mola-cola";
    CHECK_EQ(REQUIRE_OK(parsedSpec(filled)).tasks[0].data.template_, "mola-cola");
    // Beside it stands what does not change what is scored.
    Json own = benchmarkTask("cola");
    own.update({{"task", "c"}, {"weight", 2}, {"limit", 100}, {"protocol", "label-logit"}, {"max_new_tokens", 16}});
    const TaskSpec other = REQUIRE_OK(parsedSpec(specWith(own))).tasks[0];
    CHECK_EQ(other.name, "c");
    CHECK(other.protocol == Protocol::LabelLogit);
    CHECK_EQ(*other.maxNewTokens, 16);
}

HILO_TEST(benchmarksAndOtherDataAreScoredOnTheirOwnSplits)
{
    const Json plain = {{"path", "/d/rows"}, {"template", "text"}};
    const RunSpec spec = REQUIRE_OK(parsedSpec(specWith({benchmarkTask("cola"), benchmarkTask("mrpc"), plain})));
    CHECK_EQ(spec.evaluation.split, "auto");
    CHECK_EQ(resultSplit(spec.evaluation, spec.tasks[0]), "validation");
    CHECK_EQ(resultSplit(spec.evaluation, spec.tasks[1]), "test");
    CHECK_EQ(resultSplit(spec.evaluation, spec.tasks[2]), "test");
    CHECK_EQ(toJson(REQUIRE_OK(parsedSpec(toJson(spec)))).dump(), toJson(spec).dump());
    CHECK_EQ(REQUIRE_OK(parsedSpec(specWith({benchmarkTask("mrpc"), plain}))).evaluation.split, "test");
    CHECK_EQ(REQUIRE_OK(parsedSpec(specWith(plain))).evaluation.split, "test");
}

HILO_TEST(anotherSplitThanTheScoredOneIsRefusedByName)
{
    Json document = specWith(benchmarkTask("cola"));
    document["evaluation"]["split"] = "test";
    const std::string unlabelled = refused(document);
    for (const char* part : {"evaluation.split", "scored on its split \"validation\"", "which has no labels"})
        CHECK_CONTAINS(unlabelled, part);
    document["evaluation"]["split"] = "validation";
    REQUIRE_OK(parsedSpec(document));
    document = specWith(benchmarkTask("mrpc"));
    document["evaluation"]["split"] = "validation";
    CHECK_CONTAINS(refused(document), "scored on its split \"test\", not on \"validation\"");
}

HILO_TEST(keysThatWouldChangeWhatIsScoredAreRefusedWithTheirPlace)
{
    const auto with = [](const char* key, const Json& value) {
        Json task = benchmarkTask("cola");
        task[key] = value;
        return refused(specWith({benchmarkTask("mrpc"), task}));
    };
    CHECK_CONTAINS(with("template", "classify"), "data[1].template");
    CHECK_CONTAINS(with("columns", {{"sentence", "s"}}), "data[1].columns");
    CHECK_CONTAINS(with("split", {{"seed", 1}, {"test", 0.1}}), "data[1].split");
    CHECK_CONTAINS(with("split", "auto"), "data[1].split");
    CHECK_CONTAINS(with("config", "mrpc"), "data[1].config");
    CHECK_CONTAINS(with("separator", ";"), "data[1].separator");
    CHECK_CONTAINS(with("benchmark", "colla"), "data[1].benchmark");
    CHECK_CONTAINS(with("benchmark", "colla"), "cola");
    Json without = benchmarkTask("cola");
    without.erase("path");
    CHECK_CONTAINS(refused(specWith(without)), "path");
}

HILO_TEST(finalEvaluationsOfTasksWithSplitsOfTheirOwnAreTheResult)
{
    RunResult result;
    result.split = ownSplits;
    for (const auto& [task, split] : {std::pair{"cola", "validation"}, {"mrpc", "test"}}) {
        RunEvaluation one;
        one.step = 3;
        one.task = task;
        one.split = split;
        one.isFinal = true;
        result.evaluations.push_back(one);
    }
    RunEvaluation watched = result.evaluations[0];
    watched.task = "mrpc";
    watched.isFinal = false;
    result.evaluations.push_back(watched);
    const auto found = result.finalEvaluations();
    CHECK_EQ(found.size(), 2u);
    CHECK_EQ(found[0].split + found[1].split, "validationtest");
}
