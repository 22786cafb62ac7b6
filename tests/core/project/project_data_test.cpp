// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project_data.h"
#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

HILO_TEST(writesTheChoiceAndReadsItBack)
{
    const TemporaryFolder folder;
    const Project project = REQUIRE_OK(Project::create(folder / "p", "p"));
    CHECK(!REQUIRE_OK(readProjectData(project)));
    std::filesystem::create_directories(folder / "p/data");
    ProjectData data;
    data.spec().path = (folder / "p/data").string();
    data.spec().template_ = (folder / "p/own.json").string();
    data.spec().chatTemplate = (folder / "p/own.jinja").string();
    data.spec().columns = {{"text", "body"}};
    data.spec().splitSeed = 4;
    data.spec().testShare = 0.25;
    data.maxLength = 48;
    REQUIRE_OK(writeProjectData(project, data));
    const Json written = REQUIRE_OK(readJsonFile(folder / "p/project.json"));
    CHECK_EQ(written["data"]["path"].get<std::string>(), "data");
    CHECK_EQ(written["data"]["template"].get<std::string>(), "own.json");
    CHECK_EQ(written["data"]["chat_template"].get<std::string>(), "own.jinja");
    CHECK_EQ(written["name"].get<std::string>(), "p");
    const auto read = REQUIRE_OK(readProjectData(REQUIRE_OK(Project::open(folder / "p"))));
    CHECK(read.has_value());
    CHECK_EQ(read->spec().path, data.spec().path);
    CHECK_EQ(read->spec().template_, data.spec().template_);
    CHECK_EQ(read->spec().chatTemplate, data.spec().chatTemplate);
    CHECK_EQ(read->spec().columns.at("text"), "body");
    CHECK_NEAR(read->spec().testShare, 0.25, 0);
    CHECK_EQ(read->maxLength, 48);
}

HILO_TEST(takesTheDataOfASpecWhenTheProjectSaysNothing)
{
    const Project sample = REQUIRE_OK(Project::open(std::string(HILO_SOURCE_DIR) + "/projects/gloss-classes"));
    const auto data = REQUIRE_OK(readProjectData(sample));
    CHECK(data.has_value());
    CHECK_EQ(data->spec().template_, "gloss");
    CHECK_EQ(data->maxLength, 96);
}

HILO_TEST(aPathAloneIsEnoughAndUnknownKeysAreNot)
{
    const TemporaryFolder folder;
    const Project project = REQUIRE_OK(Project::create(folder / "p", "p"));
    const auto write = [&](const Json& data) {
        Json document = REQUIRE_OK(readJsonFile(folder / "p/project.json"));
        document["data"] = data;
        REQUIRE_OK(writeJsonFile(folder / "p/project.json", document));
    };
    write({{"path", "rows.csv"}});
    const auto data = REQUIRE_OK(readProjectData(project));
    CHECK_EQ(data->spec().path, (folder / "p/rows.csv").string());
    CHECK_EQ(data->spec().template_, automaticTemplate); // as in a run spec
    write({{"path", "rows.csv"}, {"tempalte", "gloss"}});
    CHECK_CONTAINS(describe(REQUIRE_ERROR(readProjectData(project))), "tempalte");
}

HILO_TEST(severalTasksAndTheirMixtureAreKept)
{
    const TemporaryFolder folder;
    const Project project = REQUIRE_OK(Project::create(folder / "p", "p"));
    std::filesystem::create_directories(folder / "p/data");
    ProjectData data;
    data.tasks.resize(2);
    data.tasks[0].data.path = (folder / "p/data").string();
    data.tasks[0].data.template_ = "alpaca";
    data.tasks[0].weight = 3;
    data.tasks[1].name = "talk";
    data.tasks[1].data.path = (folder / "talk.jsonl").string();
    data.tasks[1].data.template_ = automaticTemplate;
    data.tasks[1].limit = 40;
    data.maxLength = 99;
    data.mixing = Mixing::Equal;
    REQUIRE_OK(writeProjectData(project, data));
    const auto read = REQUIRE_OK(readProjectData(project));
    CHECK_EQ(read->tasks.size(), 2u);
    CHECK_EQ(read->tasks[0].name, "data");
    CHECK_EQ(read->tasks[0].data.path, data.tasks[0].data.path);
    CHECK_EQ(read->tasks[0].weight, 3);
    CHECK_EQ(read->tasks[1].name, "talk");
    CHECK_EQ(read->tasks[1].limit, 40);
    CHECK_EQ(read->maxLength, 99);
    CHECK(read->mixing == Mixing::Equal);
    const Json settings = newRunSettings(folder / "p");
    CHECK_EQ(settings["data"].size(), 2u);
    CHECK_EQ(settings["training"]["max_length"], 99);
    CHECK_EQ(settings["training"]["mixing"], "equal");
    // One of them again.
    ProjectData one = *read;
    one.tasks.resize(1);
    one.maxLength = 64;
    REQUIRE_OK(writeProjectData(project, one));
    CHECK_EQ(REQUIRE_OK(readProjectData(project))->maxLength, 64);
    CHECK_EQ(newRunSettings(folder / "p")["training"]["max_length"], 64);
    // Two of one name are refused with their places.
    Json document = REQUIRE_OK(readJsonFile(folder / "p/project.json"));
    document["data"] = {{{"path", "a"}, {"task", "x"}}, {{"path", "b"}, {"task", "x"}}};
    REQUIRE_OK(writeJsonFile(folder / "p/project.json", document));
    CHECK_CONTAINS(describe(REQUIRE_ERROR(readProjectData(project))), "data[1]");
}

HILO_TEST(settingsOfNewRunsAreKeptWhereTheyAreNotAsUsual)
{
    const TemporaryFolder folder;
    const Project project = REQUIRE_OK(Project::create(folder / "p", "p"));
    Json document = toJson(RunSpec{});
    document["training"]["objective"] = "dpo";
    document["training"]["select"] = "best";
    document["evaluation"]["every"] = 50;
    REQUIRE_OK(writeNewRunSettings(project, document));
    const Json written = REQUIRE_OK(readJsonFile(folder / "p/project.json"));
    CHECK_EQ(written["training"].size(), 2u);
    CHECK_EQ(written["evaluation"], Json({{"every", 50}}));
    const Json settings = newRunSettings(folder / "p");
    CHECK_EQ(settings["training"]["objective"], "dpo");
    CHECK_EQ(settings["evaluation"]["every"], 50);
    // Selection needs evaluations on the way; what is refused is not written.
    document["evaluation"]["every"] = 0;
    CHECK_CONTAINS(describe(REQUIRE_ERROR(writeNewRunSettings(project, document))), "every");
    document["training"]["batch_size"] = -1;
    CHECK_CONTAINS(describe(REQUIRE_ERROR(writeNewRunSettings(project, document))), "batch_size");
    CHECK_EQ(REQUIRE_OK(readJsonFile(folder / "p/project.json"))["evaluation"]["every"], 50);
}
