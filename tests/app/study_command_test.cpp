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
#include <functional>
#include <map>

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
            for (const char* split : {"train", "validation", "test"})
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

    /// One task, four allocations, three seeds, all that validation data decide.
    std::vector<std::string> newSearch(const std::string& name) const
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
                "--strategy",
                "lora:rank=6",
                "--strategy",
                "uniform:experts=2;rank=2",
                "--strategy",
                "hilo:experts=1,2;ranks=2,1",
                "--strategy",
                "mola:experts=1,2;rank=2",
                "--seeds",
                "1,2,3",
                "--rate-search",
                "0.001,0.03",
                "--rate-steps",
                "3",
                "--rate-seed",
                "9",
                "--halving"};
    }
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
    /// Each task another part of the rows; rows to validate are those that no task trains on.
    void copyRows(const std::string& task, const std::string& split)
    {
        std::ifstream source(tiny_.folder() / "data" / (split == "test" ? "test.jsonl" : "train.jsonl"));
        const int count = split == "train" ? 30 : 12;
        const int first = split == "validation" ? 60 : 0;
        const int skipped = first + (task == "first" ? 0 : task == "second" ? count / 2 : count);
        std::string rows, line;
        for (int i = 0; i < skipped + count && std::getline(source, line); ++i)
            if (i >= skipped)
                rows += line + "\n";
        writeText(tiny_.folder() / task / (split + ".jsonl"), rows);
    }

    TinyRun tiny_;
};

/// What `hilo study show` says in a form, without what tells one training from another (ids are the same, times are not
/// in it). project: another one than the commands' own.
std::string shownAs(const StudyCommands& hilo, const std::string& form, const std::string& name,
                    const std::string& project = {})
{
    const std::string folder = project.empty() ? hilo.project() : project;
    std::string text = hilo.run({"study", "show", folder, "--name", name, form});
    for (auto at = text.find(folder); at != std::string::npos; at = text.find(folder))
        text.replace(at, folder.size(), "FOLDER");
    return text;
}

std::string tableOf(const StudyCommands& hilo, const std::string& name, const std::string& project = {})
{
    return shownAs(hilo, "--json", name, project);
}

std::int64_t finishedRuns(const fs::path& runs)
{
    std::int64_t count = 0;
    std::error_code code;
    for (const auto& entry : fs::directory_iterator(runs, code))
        count += fs::exists(entry.path() / "adapter", code) ? 1 : 0;
    return count;
}

/// Whether a run is being trained: it has made steps, and not the last one.
bool isOnTheWay(const fs::path& runs)
{
    std::error_code code;
    for (const auto& entry : fs::directory_iterator(runs, code))
        if (fs::exists(entry.path() / "checkpoints/step-2", code) && !fs::exists(entry.path() / "adapter", code))
            return true;
    return false;
}

/// `hilo study run`, killed with all that it has started as soon as the moment has come.
void killOnce(const StudyCommands& hilo, const std::string& name, const std::function<bool()>& isMoment,
              useconds_t wait)
{
    const std::string dir = hilo.project();
    const pid_t worker = fork();
    if (worker == 0) {
        if (std::freopen("/dev/null", "w", stdout) == nullptr)
            _exit(126);
        execl(HILO_BINARY_DIR "/hilo", "hilo", "study", "run", dir.c_str(), "--name", name.c_str(),
              static_cast<char*>(nullptr));
        _exit(127);
    }
    for (int i = 0; i < 60000 && !isMoment(); ++i)
        usleep(1000);
    usleep(wait);
    ::kill(worker, SIGKILL);
    waitpid(worker, nullptr, 0);
    for (const auto& entry : fs::directory_iterator(hilo.runs()))
        if (const auto trainer = readIdentity(entry.path()); trainer && isAlive(*trainer)) [[maybe_unused]]
            const Status sent = signalGroup(*trainer, SIGKILL);
}

/// How many runs went on from a checkpoint.
std::int64_t resumedRuns(const fs::path& runs)
{
    std::int64_t count = 0;
    for (const auto& entry : fs::directory_iterator(runs)) {
        const auto starts = eventsOf(entry.path(), "started");
        count += std::any_of(starts.begin(), starts.end(), [](const Json& start) {
            return start["resumed"].get<bool>() && start["step"].get<int>() > 0;
        });
    }
    return count;
}

/// The same runs with the same weights, to the bit.
void checkSameRuns(const fs::path& runs, const fs::path& expected)
{
    std::int64_t count = 0;
    for (const auto& entry : fs::directory_iterator(expected)) {
        const fs::path own = runs / entry.path().filename();
        if (adapterBytes(own) != adapterBytes(entry.path()))
            fail(own.string() + " has other weights", __FILE__, __LINE__);
        ++count;
    }
    CHECK_EQ(finishedRuns(runs), count);
}

/// The last loss on validation data.
double validationLoss(const fs::path& run)
{
    double loss = -1;
    for (const Json& event : eventsOf(run, "evaluation"))
        if (event["split"] == "validation")
            loss = event["loss"].get<double>();
    CHECK(loss > 0);
    return loss;
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

    // The same from its record, in another project beside the same model and data; nothing is trained there.
    const std::string record = hilo.place("s.record"), other = hilo.place("other");
    const Json archived = hilo.json({"study", "archive", dir, "--name", "s", "--out", record});
    CHECK_EQ(archived["runs"].get<int>(), 18);
    CHECK(archived["bytes"].get<int>() < 18 * 2000);
    hilo.run({"project", "new", other, "--name", "Other"});
    CHECK_EQ(hilo.json({"study", "import", other, record})["added"].get<int>(), 18);
    for (const char* form : {"--json", "--csv", "--latex", "--markdown"})
        CHECK_EQ(shownAs(hilo, form, "s", other), shownAs(hilo, form, "s"));
    hilo.run({"study", "run", other, "--name", "s"});
    CHECK_EQ(tableOf(hilo, "s", other), tableOf(hilo, "s"));
    CHECK_EQ(hilo.json({"study", "import", other, record})["known"].get<int>(), 18);
    CHECK_EQ(hilo.tryTo({"study", "import", other, hilo.spec()}).exitCode, 3);
    CHECK_EQ(hilo.tryTo({"study", "import", other, record, "--task", "first"}).exitCode, 2);

    // The page has everything in it, and each figure says how it is made again.
    const std::string page = hilo.place("page.html"), figure = hilo.place("figure.svg");
    hilo.run({"study", "show", dir, "--name", "s", "--html", page});
    const std::string html = readText(page);
    for (const char* part : {"Allocation maps", "training loss, mean over runs", "training.learning_rate",
                             "hilo study new", "18 runs", "LibTorch", "lora:rank=6"})
        CHECK_CONTAINS(html, part);
    for (const char* kind : {"values", "ranks", "matrix", "learning"}) {
        hilo.run({"study", "show", dir, "--name", "s", "--figure", kind, "--plot", figure});
        CHECK_CONTAINS(readText(figure), "Made by: hilo study show");
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
    const Json training = {{"steps", 8}};
    const StudyCommands whole(training);
    std::vector<std::string> made = whole.newStudy("s");
    made.push_back("--work");
    whole.run(made);

    const StudyCommands killed(training);
    killed.run(killed.newStudy("s"));
    for (int round = 1; round <= 5; ++round) {
        // In the middle of a run, or at any moment of what a run begins and ends with.
        const auto isMoment = [&] {
            return round % 2 == 1 ? finishedRuns(killed.runs()) >= 3 * (round - 1) && isOnTheWay(killed.runs())
                                  : finishedRuns(killed.runs()) >= 3 * round;
        };
        killOnce(killed, "s", isMoment, round % 2 == 1 ? 0 : static_cast<useconds_t>(70000 * round));
    }
    CHECK(finishedRuns(killed.runs()) < 18);
    killed.run({"study", "run", killed.project(), "--name", "s"});
    // Else nothing was found out about going on.
    CHECK(resumedRuns(killed.runs()) > 0);
    for (const char* form : {"--json", "--csv"})
        CHECK_EQ(shownAs(killed, form, "s"), shownAs(whole, form, "s"));
    checkSameRuns(killed.runs(), whole.runs());
}

HILO_TEST(ratesAndHalvingAreDecidedByTheProgramAlsoWhenItIsKilled)
{
    const Json training = {{"steps", 8}};
    const StudyCommands whole(training);
    std::vector<std::string> made = whole.newSearch("s");
    made.push_back("--work");
    whole.run(made);
    const Json study = REQUIRE_OK(readJsonFile(fs::path(whole.project()) / "studies/s.study.json"));
    const Json shown = REQUIRE_OK(parseJson(tableOf(whole, "s"), "show"));
    // By hand: each allocation's rate is the one with the lower loss on validation data in its short runs.
    std::map<std::size_t, std::map<double, double>> losses;
    std::map<std::size_t, double> ofFirstSeed;
    std::map<std::size_t, std::size_t> seeds;
    for (const Json& run : study["runs"]) {
        const auto arm = run["arm"].get<std::size_t>();
        const fs::path folder = whole.runs() / run["run"].get<std::string>();
        if (run.contains("rate")) {
            losses[arm][run["rate"].get<double>()] = validationLoss(folder);
            CHECK_EQ(eventsOf(folder, "finished").at(0)["step"].get<int>(), 3);
            continue;
        }
        ++seeds[arm];
        if (run["seed"] == 1)
            ofFirstSeed[arm] = validationLoss(folder);
    }
    CHECK_EQ(losses.size(), 4u);
    for (const auto& [arm, byRate] : losses) {
        const double better = byRate.at(0.001) <= byRate.at(0.03) ? 0.001 : 0.03;
        CHECK_EQ(shown["allocations"][arm]["learning_rate"].get<double>(), better);
    }
    // Two of four get no second seed, but never the first one.
    std::vector<std::size_t> order = {0, 1, 2, 3};
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t one, std::size_t other) { return ofFirstSeed[one] < ofFirstSeed[other]; });
    for (std::size_t place = 0; place < 4; ++place) {
        const std::size_t arm = order[place];
        if (arm != 0 && place >= 2)
            CHECK_EQ(seeds[arm], 1u);
        else
            CHECK(seeds[arm] >= 2);
        CHECK_EQ(shown["allocations"][arm]["tasks"]["first"]["seeds"].get<std::size_t>(), seeds[arm]);
    }
    CHECK_EQ(seeds[0], 3u);

    // Killed in the search, and once more where seeds are decided.
    const StudyCommands killed(training);
    killed.run(killed.newSearch("s"));
    killOnce(
        killed, "s", [&] { return finishedRuns(killed.runs()) >= 5; }, 50000);
    killOnce(
        killed, "s", [&] { return finishedRuns(killed.runs()) >= 12; }, 50000);
    killed.run({"study", "run", killed.project(), "--name", "s"});
    for (const char* form : {"--json", "--csv"})
        CHECK_EQ(shownAs(killed, form, "s"), shownAs(whole, form, "s"));
    checkSameRuns(killed.runs(), whole.runs());
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
