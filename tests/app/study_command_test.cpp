// SPDX-License-Identifier: GPL-3.0-or-later
// A study on the command line with the real trainer: 3 tasks x 3 allocations x 2 seeds, also when it is killed.
#include "engine/train/tiny_run.h"

#include "base/json.h"
#include "base/process_identity.h"
#include "run/predictions.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <fstream>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

/// A project beside a tiny model with three small tasks of the sample project's rows.
class StudyCommands
{
  public:
    explicit StudyCommands(const Json& training = Json::object()) : tiny_(training)
    {
        for (const char* task : {"first", "second", "third"})
            for (const char* split : {"train", "test"})
                copyRows(task, split);
        // The settings of the tasks stand in the run spec; --task says where their rows are.
        Json document = REQUIRE_OK(readJsonFile(tiny_.spec()));
        document["data"] = Json::array();
        for (const char* task : {"first", "second", "third"})
            document["data"].push_back({{"task", task}, {"path", "elsewhere"}, {"template", "gloss"}});
        REQUIRE_OK(writeJsonFile(tiny_.spec(), document));
        run({"project", "new", project(), "--name", "Tiny"});
    }

    std::string project() const { return tiny_.run("project").string(); }
    fs::path runs() const { return tiny_.run("project") / "runs"; }
    std::string task(const std::string& name) const { return name + ":" + (tiny_.folder() / name).string(); }
    std::string place(const std::string& name) const { return (tiny_.folder() / name).string(); }

    std::vector<std::string> newStudy(const std::string& name) const
    {
        return {"study",
                "new",
                project(),
                "--name",
                name,
                "--run",
                spec(),
                "--task",
                task("first"),
                "--task",
                task("second"),
                "--task",
                task("third"),
                "--strategy",
                "lora:rank=6",
                "--strategy",
                "uniform:experts=2;rank=2",
                "--strategy",
                "hilo:experts=1,2;ranks=2,1",
                "--seeds",
                "1,2"};
    }
    std::string spec() const { return tiny_.spec().string(); }

    ProcessResult tryTo(std::vector<std::string> arguments) const
    {
        arguments.insert(arguments.begin(), HILO_BINARY_DIR "/hilo");
        return runProcess(arguments);
    }
    std::string run(const std::vector<std::string>& arguments) const
    {
        const ProcessResult result = tryTo(arguments);
        if (result.exitCode != 0)
            fail(printed(arguments) + " ended with " + std::to_string(result.exitCode) + ": " + result.errors, __FILE__,
                 __LINE__);
        return result.output;
    }
    Json json(std::vector<std::string> arguments) const
    {
        arguments.push_back("--json");
        return REQUIRE_OK(parseJson(run(arguments), printed(arguments)));
    }

  private:
    /// Each task another part of the rows.
    void copyRows(const std::string& task, const std::string& split)
    {
        std::ifstream source(tiny_.folder() / "data" / (split + ".jsonl"));
        const int count = split == "train" ? 30 : 12;
        const int skipped = task == "first" ? 0 : task == "second" ? count / 2 : count;
        std::string rows, line;
        for (int i = 0; i < skipped + count && std::getline(source, line); ++i)
            if (i >= skipped)
                rows += line + "\n";
        writeText(tiny_.folder() / task / (split + ".jsonl"), rows);
    }

    TinyRun tiny_;
};

/// What `hilo study show` says, without what tells one training from another (ids are the same, times are not in it).
std::string tableOf(const StudyCommands& hilo, const std::string& name)
{
    std::string text = hilo.run({"study", "show", hilo.project(), "--name", name, "--json"});
    const std::string folder = fs::path(hilo.project()).parent_path().string();
    for (auto at = text.find(folder); at != std::string::npos; at = text.find(folder))
        text.replace(at, folder.size(), "FOLDER");
    return text;
}

std::int64_t finishedRuns(const fs::path& runs)
{
    std::int64_t count = 0;
    std::error_code code;
    for (const auto& entry : fs::directory_iterator(runs, code))
        count += fs::exists(entry.path() / "adapter", code) ? 1 : 0;
    return count;
}

} // namespace

HILO_TEST(aStudyIsPlannedTrainedShownAndExtended)
{
    const StudyCommands hilo(Json{{"steps", 2}, {"checkpoint_every", 0}});
    const std::string dir = hilo.project();
    std::vector<std::string> plan = hilo.newStudy("s");
    plan.push_back("--plan");
    const Json planned = hilo.json(plan);
    CHECK_EQ(planned["estimate"]["runs"].get<int>(), 18);
    CHECK(planned["estimate"]["seconds"].is_null());
    CHECK_EQ(planned["allocations"].size(), 3u);
    CHECK(!fs::exists(fs::path(dir) / "studies"));
    CHECK_EQ(std::distance(fs::directory_iterator(hilo.runs()), {}), 0);

    std::vector<std::string> made = hilo.newStudy("s");
    made.push_back("--work");
    hilo.run(made);
    const Json shown = REQUIRE_OK(parseJson(tableOf(hilo, "s"), "show"));
    CHECK_EQ(shown["tasks"], (Json{"first", "second", "third"}));
    CHECK_EQ(shown["allocations"].size(), 3u);
    for (const Json& allocation : shown["allocations"]) {
        for (const char* key : {"label", "budget", "trainable", "active", "mean", "rank", "tasks"})
            CHECK(allocation.contains(key));
        CHECK(allocation["mean"]["value"].is_number());
        for (const char* task : {"first", "second", "third"}) {
            CHECK(allocation["tasks"][task]["value"].is_number());
            CHECK_EQ(allocation["tasks"][task]["seeds"].get<int>(), 2);
        }
    }
    CHECK(shown["allocations"][1].contains("difference"));
    CHECK_EQ(hilo.json({"study", "list", dir})["studies"][0]["finished"].get<int>(), 18);
    // Every run keeps what it did on each of its rows.
    for (const auto& entry : fs::directory_iterator(hilo.runs())) {
        const auto rows = REQUIRE_OK(readPredictions(entry.path()));
        CHECK_EQ(rows.size(), 12u);
        const std::vector<bool> right = rightRows(rows, "accuracy").value();
        const Json task = *eventsOf(entry.path(), "finished").at(0)["tasks"].begin();
        CHECK_EQ(std::count(right.begin(), right.end(), true), task["correct"].get<int>());
        CHECK_EQ(rows[0].place, "line 1");
        CHECK_EQ(rows[0].file, "test.jsonl");
    }

    // One more seed: nothing that is there is trained again.
    const Json more = hilo.json({"study", "extend", dir, "--name", "s", "--seeds", "2,3"});
    CHECK_EQ(more["queued"].get<int>(), 9);
    CHECK(more["estimate"]["seconds"].is_number());
    hilo.run({"study", "run", dir, "--name", "s"});
    CHECK_EQ(hilo.json({"study", "list", dir})["studies"][0]["finished"].get<int>(), 27);
    hilo.run({"study", "remove", dir, "--name", "s"});
    CHECK(hilo.json({"study", "list", dir})["studies"].empty());
}

HILO_TEST(aStudyKilledFiveTimesEndsWithTheSameTable)
{
    const StudyCommands whole(Json{{"steps", 6}});
    std::vector<std::string> made = whole.newStudy("s");
    made.push_back("--work");
    whole.run(made);
    const std::string expected = tableOf(whole, "s");

    const StudyCommands killed(Json{{"steps", 6}});
    const std::string dir = killed.project();
    killed.run(killed.newStudy("s"));
    for (int round = 1; round <= 5; ++round) {
        const pid_t worker = fork();
        if (worker == 0) {
            if (std::freopen("/dev/null", "w", stdout) == nullptr)
                _exit(126);
            execl(HILO_BINARY_DIR "/hilo", "hilo", "study", "run", dir.c_str(), "--name", "s",
                  static_cast<char*>(nullptr));
            _exit(127);
        }
        for (int i = 0; i < 30000 && finishedRuns(killed.runs()) < 3 * round; ++i)
            usleep(2000);
        // At another moment each time.
        usleep(static_cast<useconds_t>(70000 * round));
        ::kill(worker, SIGKILL);
        waitpid(worker, nullptr, 0);
        for (const auto& entry : fs::directory_iterator(killed.runs()))
            if (const auto trainer = readIdentity(entry.path()); trainer && isAlive(*trainer)) [[maybe_unused]]
                const Status sent = signalGroup(*trainer, SIGKILL);
    }
    CHECK(finishedRuns(killed.runs()) < 18);
    killed.run({"study", "run", dir, "--name", "s"});
    CHECK_EQ(tableOf(killed, "s"), expected);
}

HILO_TEST(aStudyThatCannotBeMadeLeavesNothing)
{
    const StudyCommands hilo(Json{{"steps", 2}});
    const auto errorOf = [&hilo](std::vector<std::string> more, int code) {
        std::vector<std::string> arguments = hilo.newStudy("s");
        arguments.insert(arguments.end(), more.begin(), more.end());
        const ProcessResult result = hilo.tryTo(arguments);
        CHECK_EQ(result.exitCode, code);
        return result.errors;
    };
    CHECK_CONTAINS(errorOf({"--task", "other:/nowhere"}, 3), "/nowhere: task other");
    CHECK_CONTAINS(errorOf({"--task", hilo.task("first")}, 2), "two tasks are called \"first\"");
    CHECK_CONTAINS(errorOf({"--task", "cola:" + hilo.place("first")}, 3), "task cola");
    CHECK_CONTAINS(errorOf({"--strategy", "lora:rank=6"}, 2), "two allocations are called");
    CHECK_CONTAINS(errorOf({"--budget", "3"}, 2), "at 3 parameters");
    CHECK_CONTAINS(errorOf({"--seeds", "5,5"}, 2), "twice");
    CHECK_CONTAINS(errorOf({"--map", hilo.place("none.map.json")}, 3), "none.map.json");
    CHECK(!fs::exists(fs::path(hilo.project()) / "studies"));
    CHECK_EQ(std::distance(fs::directory_iterator(hilo.runs()), {}), 0);
    CHECK_EQ(hilo.tryTo({"study", "show", hilo.project(), "--name", "s"}).exitCode, 3);
    hilo.run(hilo.newStudy("s"));
    CHECK_CONTAINS(errorOf({}, 3), "has a study \"s\" already");
    // Also without its settings a damaged file is an error with its place.
    writeText(fs::path(hilo.project()) / "studies/s.study.json", "{\"format\": \"hilo.study/1\"}");
    const ProcessResult damaged = hilo.tryTo({"study", "run", hilo.project(), "--name", "s"});
    CHECK_EQ(damaged.exitCode, 3);
    CHECK_CONTAINS(damaged.errors, "s.study.json");
}
