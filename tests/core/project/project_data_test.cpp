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
    data.spec.path = (folder / "p/data").string();
    data.spec.template_ = (folder / "p/own.json").string();
    data.spec.chatTemplate = (folder / "p/own.jinja").string();
    data.spec.columns = {{"text", "body"}};
    data.spec.splitSeed = 4;
    data.spec.testShare = 0.25;
    data.maxLength = 48;
    REQUIRE_OK(writeProjectData(project, data));
    const Json written = REQUIRE_OK(readJsonFile(folder / "p/project.json"));
    CHECK_EQ(written["data"]["path"].get<std::string>(), "data");
    CHECK_EQ(written["data"]["template"].get<std::string>(), "own.json");
    CHECK_EQ(written["data"]["chat_template"].get<std::string>(), "own.jinja");
    CHECK_EQ(written["name"].get<std::string>(), "p");
    const auto read = REQUIRE_OK(readProjectData(REQUIRE_OK(Project::open(folder / "p"))));
    CHECK(read.has_value());
    CHECK_EQ(read->spec.path, data.spec.path);
    CHECK_EQ(read->spec.template_, data.spec.template_);
    CHECK_EQ(read->spec.chatTemplate, data.spec.chatTemplate);
    CHECK_EQ(read->spec.columns.at("text"), "body");
    CHECK_NEAR(read->spec.testShare, 0.25, 0);
    CHECK_EQ(read->maxLength, 48);
}

HILO_TEST(takesTheDataOfASpecWhenTheProjectSaysNothing)
{
    const Project sample = REQUIRE_OK(Project::open(std::string(HILO_SOURCE_DIR) + "/projects/gloss-classes"));
    const auto data = REQUIRE_OK(readProjectData(sample));
    CHECK(data.has_value());
    CHECK_EQ(data->spec.template_, "gloss");
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
    CHECK_EQ(data->spec.path, (folder / "p/rows.csv").string());
    CHECK_EQ(data->spec.template_, "");
    write({{"path", "rows.csv"}, {"tempalte", "gloss"}});
    CHECK_CONTAINS(describe(REQUIRE_ERROR(readProjectData(project))), "tempalte");
}
