// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/task_spec.h"

#include "core/project/project_fixture.h"
#include "project/project_data.h"
#include "run/provenance.h"
#include "run/run_settings.h"
#include "run/run_spec.h"

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

Json documentWith(const Json& data)
{
    Json document = runDocument("test");
    document["data"] = data;
    return document;
}

Json taskAt(const std::string& path)
{
    return {{"path", path}, {"template", "text"}};
}

Result<RunSpec> parsed(const Json& document)
{
    return parseRunSpec(document, "spec.json", "/somewhere");
}

std::string refusal(const Json& document)
{
    const Error error = REQUIRE_ERROR(parsed(document));
    CHECK(error.code == ErrorCode::BadInput);
    return describe(error) + " " + error.hint;
}

} // namespace

HILO_TEST(oneTaskIsReadAndWrittenAsItAlwaysWas)
{
    const Json data = {{"path", "/d/rows"}, {"template", "text"}, {"columns", {{"text", "body"}}}, {"split", "auto"}};
    const RunSpec spec = REQUIRE_OK(parsed(documentWith(data)));
    CHECK_EQ(spec.tasks.size(), 1u);
    CHECK_EQ(spec.tasks[0].name, "rows");
    CHECK_EQ(toJson(spec)["data"].dump(), data.dump());
    CHECK_EQ(toJson(RunSpec())["data"].dump(), R"({"path":"","template":"","columns":{},"split":"none"})");
    // A list of one is one.
    CHECK_EQ(toJson(REQUIRE_OK(parsed(documentWith(Json::array({data})))))["data"].dump(), data.dump());
    // What it says beside its data stays.
    Json named = data;
    named.update({{"task", "other"}, {"weight", 2}, {"limit", 10}, {"protocol", "gen-match-strict"}});
    const RunSpec own = REQUIRE_OK(parsed(documentWith(named)));
    CHECK_EQ(own.tasks[0].limit, 10);
    CHECK(own.tasks[0].protocol == Protocol::GenMatchStrict);
    CHECK_EQ(toJson(REQUIRE_OK(parsed(toJson(own)))).dump(), toJson(own).dump());
    CHECK_EQ(toJson(own)["data"]["task"].get<std::string>(), "other");
}

HILO_TEST(aListOfTasksIsReadAndWrittenInFull)
{
    Json second = taskAt("glue/mrpc.jsonl");
    second.update({{"task", "pairs"}, {"weight", 0.5}, {"limit", 5000}, {"protocol", "label-logit"}});
    const RunSpec spec = REQUIRE_OK(parsed(documentWith({taskAt("glue/cola/"), second})));
    CHECK_EQ(spec.tasks.size(), 2u);
    CHECK_EQ(spec.tasks[0].name, "cola");
    CHECK(!spec.tasks[0].protocol);
    CHECK_EQ(spec.tasks[1].name, "pairs");
    CHECK_EQ(spec.tasks[1].data.path, "/somewhere/glue/mrpc.jsonl");
    CHECK_EQ(spec.tasks[1].weight, 0.5);
    CHECK_EQ(spec.tasks[1].limit, 5000);
    CHECK(spec.tasks[1].protocol == Protocol::LabelLogit);
    const Json written = toJson(spec)["data"];
    for (const Json& task : written)
        for (const char* key : {"task", "path", "template", "weight", "limit"})
            CHECK(task.contains(key));
    CHECK_EQ(toJson(REQUIRE_OK(parsed(toJson(spec)))).dump(), toJson(spec).dump());
}

HILO_TEST(aTaskIsNamedAfterItsPath)
{
    const auto nameOf = [](const std::string& path, std::map<std::string, std::string> files = {}) {
        DataSpec data;
        data.path = path;
        data.splitFiles = std::move(files);
        return defaultTaskName(data);
    };
    CHECK_EQ(nameOf("/a/cola"), "cola");
    CHECK_EQ(nameOf("/a/cola/"), "cola");
    CHECK_EQ(nameOf("/a/train-v1.5.jsonl.gz"), "train-v1.5");
    CHECK_EQ(nameOf("/a/set-v1.5"), "set-v1.5");
    CHECK_EQ(nameOf("", {{"test", "/a/b.csv"}, {"train", "/a/c.csv"}}), "c");
    CHECK_EQ(nameOf("", {{"test", "/a/b.csv"}}), "b");
    for (const char* path : {"", "/", ".", ".."})
        CHECK_EQ(nameOf(path), "data");
}

HILO_TEST(tasksThatCannotBeMeantAreErrorsWithTheirPlace)
{
    const auto second = [](const std::string& key, const Json& value) {
        Json task = taskAt("b");
        task[key] = value;
        return refusal(documentWith({taskAt("a"), task}));
    };
    CHECK_CONTAINS(refusal(documentWith(Json::array())), "at least one task");
    CHECK_CONTAINS(refusal(documentWith("text")), "data");
    CHECK_CONTAINS(refusal(documentWith({taskAt("a"), 7})), "data[1]");
    CHECK_CONTAINS(second("weight", 0), "data[1].weight");
    CHECK_CONTAINS(second("weight", -1), "data[1].weight");
    CHECK_CONTAINS(second("limit", -1), "data[1].limit");
    CHECK_CONTAINS(second("protocol", "guess"), "data[1].protocol");
    CHECK_CONTAINS(second("task", ""), "data[1].task");
    CHECK_CONTAINS(second("task", "a\nb"), "data[1].task");
    CHECK_CONTAINS(second("task", 5), "data[1].task");
    CHECK_CONTAINS(second("colour", "red"), "data[1].colour");
    CHECK_CONTAINS(second("benchmark", "nothing"), "data[1].benchmark");
    CHECK_CONTAINS(second("max_new_tokens", 0), "data[1].max_new_tokens");
    // Two of one name are both named.
    const std::string twice = refusal(documentWith({taskAt("x/set"), taskAt("y/set.jsonl")}));
    for (const char* part : {"\"set\"", "data[0] (x/set)", "data[1] (/somewhere/y/set.jsonl)", "key task"})
        CHECK_CONTAINS(twice, part);
}

HILO_TEST(mixingAndSelectionAreReadAndChecked)
{
    Json document = documentWith({taskAt("a"), taskAt("b")});
    document["training"].update(
        {{"mixing", "temperature"}, {"mixing_temperature", 2.5}, {"select", "best"}, {"early_stopping", 3}});
    document["evaluation"].update({{"every", 50}, {"metric", "accuracy"}});
    const RunSpec spec = REQUIRE_OK(parsed(document));
    CHECK(spec.training.mixing == Mixing::Temperature);
    CHECK_EQ(spec.training.mixingTemperature, 2.5);
    CHECK(spec.training.select == Selection::Best);
    CHECK_EQ(spec.training.earlyStopping, 3);
    CHECK_EQ(spec.evaluation.metric, "accuracy");
    CHECK_EQ(toJson(REQUIRE_OK(parsed(toJson(spec)))).dump(), toJson(spec).dump());
    const auto with = [&document](const char* group, const char* key, const Json& value) {
        Json changed = document;
        changed[group][key] = value;
        return refusal(changed);
    };
    CHECK_CONTAINS(with("training", "mixing", "random"), "proportional, equal, temperature");
    CHECK_CONTAINS(with("training", "mixing_temperature", 0), "training.mixing_temperature");
    CHECK_CONTAINS(with("training", "select", "first"), "last, best");
    CHECK_CONTAINS(with("training", "early_stopping", -1), "training.early_stopping");
    CHECK_CONTAINS(with("evaluation", "metric", "beauty"), "evaluation.metric");
    // Nothing is selected by what nobody measures.
    CHECK_CONTAINS(with("evaluation", "every", 0), "training.select");
    document["training"]["select"] = "last";
    CHECK_CONTAINS(with("evaluation", "every", 0), "training.early_stopping");
    CHECK_CONTAINS(with("evaluation", "every", 0), "set evaluation.every");
}

HILO_TEST(aTaskIsFoundByItsName)
{
    std::vector<TaskSpec> tasks(2);
    tasks[0].name = "a";
    tasks[1].name = "b";
    CHECK_EQ(REQUIRE_OK(taskNamed(tasks, "b", "--task")).name, "b");
    const Error several = REQUIRE_ERROR(taskNamed(tasks, "", "--task"));
    CHECK(several.code == ErrorCode::WrongUsage);
    CHECK_CONTAINS(several.message, "a, b");
    CHECK_CONTAINS(several.hint, "--task");
    CHECK_CONTAINS(REQUIRE_ERROR(taskNamed(tasks, "c", "--task")).hint, "a, b");
    tasks.pop_back();
    CHECK_EQ(REQUIRE_OK(taskNamed(tasks, "", "--task")).name, "a");
}

HILO_TEST(aRunOfTasksLivesInAProject)
{
    const TemporaryFolder place;
    ProjectFixture fixture(place / "before");
    const fs::path home = fixture.project().folder();
    for (const char* file : {"base/config.json", "a/train.jsonl", "a/test.jsonl", "b/part.jsonl"})
        writeText(home / file, "{}");
    Json document = runDocument("r");
    document["model"]["path"] = "base";
    document["data"] = {taskAt("a"), taskAt("b")};
    document["data"][1]["split"] = {{"train", "part.jsonl"}};
    REQUIRE_OK(writeJsonFile(home / "r.run.json", document));
    REQUIRE_OK(fixture.project().addRun(home / "r.run.json", "r"));
    // One setting of one task is another run.
    REQUIRE_OK(fixture.project().addRun(home / "r.run.json", "changed", {}, {{"data.b.limit", "7"}}));
    CHECK_CONTAINS(
        describe(REQUIRE_ERROR(fixture.project().addRun(home / "r.run.json", "bad", {}, {{"data.c.limit", "7"}}))),
        "data.c.limit");
    REQUIRE_OK(recordProvenance(fixture.folder("r"), "1.13.1"));
    fs::rename(home, place / "after");
    const Project moved = REQUIRE_OK(Project::open(place / "after"));
    const RunSpec spec = REQUIRE_OK(readRunSpec(REQUIRE_OK(moved.runFolder("r")) / "run.json"));
    CHECK_EQ(spec.tasks[0].name, "a");
    CHECK_EQ(fs::path(spec.tasks[0].data.path), place / "after/a");
    CHECK_EQ(fs::path(spec.tasks[1].data.splitFiles.at("train")), place / "after/b/part.jsonl");
    CHECK_EQ(REQUIRE_OK(readRunSpec(REQUIRE_OK(moved.runFolder("changed")) / "run.json")).tasks[1].limit, 7);
    // Something new starts with all of them.
    CHECK_EQ(newRunSettings(place / "after")["data"].size(), 2u);
    // What they were made from is known of every task.
    const fs::path run = REQUIRE_OK(moved.runFolder("r"));
    CHECK(REQUIRE_OK(changedSince(run)).empty());
    writeText(place / "after/b/part.jsonl", "{\"text\": \"other\"}");
    CHECK_EQ(REQUIRE_OK(changedSince(run)), (std::vector<std::string>{"the data's files"}));
    std::map<std::string, std::string> settings;
    for (const Setting& setting : flattenSettings(REQUIRE_OK(readJsonFile(run / "run.json"))))
        settings[setting.key] = shownValue(setting);
    CHECK_EQ(settings.at("data.a.path"), "../../a");
    CHECK_EQ(settings.at("data.b.weight"), "1");
    CHECK(!settings.contains("data"));
}
