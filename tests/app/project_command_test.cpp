// SPDX-License-Identifier: GPL-3.0-or-later
// A project from its making to its archive, on the command line, with the real trainer.
#include "engine/train/tiny_run.h"
#include "run/checkpoints.h"

#include "base/atomic_file.h"
#include "base/json.h"
#include "base/process_identity.h"

#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#include <csignal>
#include <functional>
#include <set>
#include <thread>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

class Commands
{
  public:
    explicit Commands(const Json& training) : tiny_(training) { run({"project", "new", project(), "--name", "Tiny"}); }

    std::string project() const { return tiny_.run("project").string(); }
    fs::path runFolder(const std::string& id) const { return tiny_.run("project") / "runs" / id; }
    std::string spec() const { return tiny_.spec().string(); }
    fs::path place(const std::string& name) const { return tiny_.run(name); }

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
    int exitCode(const std::vector<std::string>& arguments) const { return tryTo(arguments).exitCode; }

  private:
    TinyRun tiny_;
};

std::vector<std::string> idsOf(const Json& list, const char* key)
{
    std::vector<std::string> ids;
    for (const Json& entry : list)
        ids.push_back(entry[key].get<std::string>());
    return ids;
}

/// The distinct colours of an RGB PNG without interlacing, and its size.
struct Picture
{
    std::uint32_t width = 0, height = 0;
    std::set<std::uint32_t> colours;
};
Picture pictureOf(const fs::path& file)
{
    const std::string bytes = readText(file);
    CHECK(bytes.starts_with("\x89PNG\r\n\x1a\n"));
    const auto number = [&](std::size_t at) {
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < 4; ++i)
            value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
        return value;
    };
    Picture picture{number(16), number(20), {}};
    CHECK_EQ(int(bytes[24]), 8); // bits a channel
    CHECK_EQ(int(bytes[25]), 2); // RGB
    std::string packed;
    for (std::size_t at = 8; at + 8 <= bytes.size(); at += 12 + number(at))
        if (bytes.substr(at + 4, 4) == "IDAT")
            packed += bytes.substr(at + 8, number(at));
    const std::size_t row = 1 + 3 * picture.width;
    std::string pixels(row * picture.height, '\0');
    uLongf size = pixels.size();
    CHECK_EQ(uncompress(reinterpret_cast<Bytef*>(pixels.data()), &size, reinterpret_cast<const Bytef*>(packed.data()),
                        packed.size()),
             Z_OK);
    // The filters of PNG (specification 9.2) undone in place.
    const auto at = [&](std::size_t y, std::size_t x) { return static_cast<unsigned char>(pixels[y * row + 1 + x]); };
    for (std::size_t y = 0; y < picture.height; ++y)
        for (std::size_t x = 0; x < 3 * picture.width; ++x) {
            const int left = x >= 3 ? at(y, x - 3) : 0, up = y > 0 ? at(y - 1, x) : 0;
            const int corner = x >= 3 && y > 0 ? at(y - 1, x - 3) : 0;
            const int estimate = left + up - corner;
            const int a = std::abs(estimate - left), b = std::abs(estimate - up), c = std::abs(estimate - corner);
            const int paeth = a <= b && a <= c ? left : b <= c ? up : corner;
            const int added[] = {0, left, up, (left + up) / 2, paeth};
            pixels[y * row + 1 + x] = static_cast<char>(at(y, x) + added[static_cast<int>(pixels[y * row])]);
        }
    for (std::size_t y = 0; y < picture.height; ++y)
        for (std::size_t x = 0; x < picture.width; ++x)
            picture.colours.insert(
                static_cast<std::uint32_t>(at(y, 3 * x) << 16 | at(y, 3 * x + 1) << 8 | at(y, 3 * x + 2)));
    return picture;
}

} // namespace

HILO_TEST(aProjectFromItsMakingToItsArchive)
{
    const Commands hilo(Json{{"steps", 4}, {"keep_checkpoints", 9}});
    const std::string dir = hilo.project();
    const Json added = hilo.json({"project", "add-run", dir, hilo.spec(), "--seeds", "1,2", "--queue"});
    CHECK_EQ(added["runs"], (Json{"tiny-seed1", "tiny-seed2"}));
    // A variant of a run, made from its own complete spec.
    hilo.run({"project", "add-run", dir, (hilo.runFolder("tiny-seed1") / "run.json").string(), "--id", "fast", "--set",
              "training.learning_rate=0.05"});
    CHECK_EQ(idsOf(hilo.json({"project", "queue", dir, "fast", "--first"})["queue"], "run"),
             (std::vector<std::string>{"fast", "tiny-seed1", "tiny-seed2"}));
    CHECK_EQ(idsOf(hilo.json({"project", "queue", dir, "tiny-seed2", "--before", "tiny-seed1"})["queue"], "run"),
             (std::vector<std::string>{"fast", "tiny-seed2", "tiny-seed1"}));
    CHECK_CONTAINS(hilo.run({"work", dir}), "fast: finished");

    const Json runs = hilo.json({"project", "list", dir})["runs"];
    CHECK_EQ(idsOf(runs, "id"), (std::vector<std::string>{"fast", "tiny-seed1", "tiny-seed2"}));
    CHECK_EQ(idsOf(runs, "state"), (std::vector<std::string>{"finished", "finished", "finished"}));
    const Json shown = hilo.json({"project", "show", dir, "fast"});
    CHECK_EQ(shown["settings"]["training.learning_rate"].get<double>(), 0.05);
    CHECK_EQ(shown["checkpoints"].size(), 4u);
    CHECK(!shown["provenance"]["libtorch"].get<std::string>().empty());
    CHECK_CONTAINS(hilo.run({"project", "show", dir, "fast"}), "Made with hilo");
    CHECK_CONTAINS(hilo.run({"project", "show", dir, "fast"}), "hilo train run.json --out ../fast-again");
    CHECK_CONTAINS(hilo.run({"project", "check", dir}), "as it was recorded");

    // The command that provenance names repeats the run, to the bit.
    std::vector<std::string> again = shown["provenance"]["command"].get<std::vector<std::string>>();
    CHECK_EQ(again.front(), "hilo");
    const ProcessResult repeated =
        runProcess({"sh", "-c", "cd \"$0\" && \"$1\" train \"$2\" --out \"$3\"", hilo.runFolder("fast").string(),
                    HILO_BINARY_DIR "/hilo", again[2], again[4]});
    CHECK_EQ(repeated.exitCode, 0);
    CHECK(adapterBytes(hilo.runFolder("fast-again")) == adapterBytes(hilo.runFolder("fast")));
    fs::remove_all(hilo.runFolder("fast-again"));

    const Json space = hilo.json({"project", "space", dir});
    CHECK(space["prunable_bytes"].get<std::int64_t>() > 0);
    hilo.run({"project", "pin", dir, "fast", "1"});
    for (const Json& pruned :
         {hilo.json({"project", "prune", dir, "fast", "--dry-run"}), hilo.json({"project", "prune", dir})})
        CHECK_EQ(pruned["runs"][0]["steps"], (Json{2, 3}));
    CHECK_EQ(hilo.json({"project", "show", dir, "fast"})["checkpoints"].size(), 2u);
    hilo.run({"project", "archive", dir, "fast"});
    CHECK(!fs::exists(hilo.runFolder("fast")));
    CHECK_EQ(hilo.json({"compare", dir}).size(), 3u);
    hilo.run({"project", "restore", dir, "fast"});
    const Json reindexed = hilo.json({"project", "reindex", dir});
    CHECK_EQ(reindexed["runs"].get<int>(), 3);
    CHECK_CONTAINS(hilo.run({"project", "check", dir}), "as it was recorded");

    // Moved, it is the same project.
    const std::string moved = hilo.place("elsewhere").string();
    fs::rename(dir, moved);
    CHECK_EQ(hilo.json({"compare", moved}).size(), 3u);
    CHECK_CONTAINS(hilo.run({"project", "check", moved}), "as it was recorded");
    writeText(fs::path(moved) / "runs/fast/checkpoints/step-4/adapter.safetensors", "spoilt");
    const ProcessResult damaged = hilo.tryTo({"project", "check", moved});
    CHECK_EQ(damaged.exitCode, 3);
    CHECK_CONTAINS(damaged.output, "fast: The checkpoint of step 4 is damaged");
}

HILO_TEST(runsAreComparedInEveryForm)
{
    const Commands hilo(Json{{"steps", 2}});
    const std::string dir = hilo.project();
    hilo.run({"project", "add-run", dir, hilo.spec(), "--seeds", "1,2", "--queue"});
    hilo.run({"project", "add-run", dir, hilo.spec(), "--id", "plain", "--seeds", "1,2", "--queue", "--set",
              R"(map={"format":"hilo.allocation/1","name":"plain","strategy":{"name":"lora","settings":{}},)"
              R"("model":{"architecture":"llama","layers":2},"layers":[{"layer":0,"modules":{"q_proj":)"
              R"({"ranks":[4],"top_k":1,"alpha":8}}},{"layer":1,"modules":{}}]})"});
    hilo.run({"work", dir});

    const Json rows = hilo.json({"compare", dir, "--columns", "strategy.name,loss.min,seed"});
    CHECK_EQ(rows.size(), 4u);
    CHECK(!rows[0]["settings"]["loss.min"].get<std::string>().empty());
    CHECK(rows[0]["interval"].is_array() && rows[0]["trainable_parameters"].is_number());
    CHECK(hilo.json({"compare", dir, "--filter", "map.strategy.name = lora and seed = 2"}).size() == 1);
    const Json groups = hilo.json({"compare", dir, "--group-seeds"});
    CHECK_EQ(groups.size(), 2u);
    CHECK_EQ(groups[0]["ids"].size(), 2u);
    CHECK(groups[0]["standard_deviation"].is_number());
    for (const Json& row : hilo.json({"compare", dir, "--front", "--cost", "active"}))
        CHECK(row["pareto"].get<bool>());
    CHECK_CONTAINS(hilo.run({"compare", dir}), "95 % interval");
    const std::string csv = hilo.run({"compare", dir, "--csv"});
    CHECK(csv.starts_with("id,name,state,runs,accuracy,"));
    CHECK_EQ(std::count(csv.begin(), csv.end(), '\n'), 5);
    CHECK_CONTAINS(hilo.run({"compare", dir, "--keys"}), "training.learning_rate\n");

    CHECK_CONTAINS(hilo.run({"compare", dir, "--differences", "tiny-seed1,plain-seed1"}), "map.strategy.name");
    const Json seeds = hilo.json({"compare", dir, "--differences", "tiny-seed1,tiny-seed2"})["differences"];
    CHECK_EQ(idsOf(seeds, "key"), (std::vector<std::string>{"training.seed"}));
    const Json paired = hilo.json({"compare", dir, "--paired", "tiny-seed1,plain-seed1"});
    CHECK_EQ(paired["seeds"], (Json{1, 2}));
    CHECK(paired["interval"].is_array());
    CHECK_CONTAINS(hilo.run({"compare", dir, "--paired", "tiny-seed1,plain-seed1"}), "minus plain-seed1");
    const Json maps = hilo.json({"compare", dir, "--maps", "tiny-seed1,plain-seed1"})["modules"];
    CHECK_EQ(maps.size(), 8u);
    CHECK_EQ(maps[0]["module"].get<std::string>(), "down_proj");
    CHECK_EQ(maps[0]["rank_change"].get<int>(), -5);
    CHECK_CONTAINS(hilo.run({"compare", dir, "--maps", "tiny-seed1,tiny-seed2"}), "The maps are the same.");

    const std::string svg = hilo.place("plot.svg").string(), png = hilo.place("plot.png").string();
    hilo.run({"compare", dir, "--plot", svg});
    CHECK_CONTAINS(readText(svg), "trainable parameters");
    if constexpr (HILO_PAINTS_PNG) {
        hilo.run({"compare", dir, "--plot", png});
        const Picture picture = pictureOf(png);
        CHECK_EQ(picture.width, 1520u);
        CHECK_EQ(picture.height, 960u);
        // The ground, the front's points, and letters.
        for (const std::uint32_t colour : {0xFFFFFFu, 0xC8501Eu})
            CHECK(picture.colours.contains(colour));
        CHECK(picture.colours.size() > 20);
    } else {
        const ProcessResult refused = hilo.tryTo({"compare", dir, "--plot", png});
        CHECK_EQ(refused.exitCode, 2);
        CHECK_CONTAINS(refused.errors, "librsvg");
        CHECK_CONTAINS(refused.errors, ".svg");
        CHECK(!fs::exists(png));
    }

    CHECK_EQ(hilo.exitCode({"compare", dir, "--plot", hilo.place("plot.gif").string()}), 2);
    CHECK_EQ(hilo.exitCode({"compare", dir, "--filter", "accuracy >"}), 3);
    CHECK_EQ(hilo.exitCode({"compare", dir, "--filter", "no_such_thing > 1"}), 3);
    CHECK_CONTAINS(hilo.run({"compare", dir, "--filter", "accuracy > 1"}), "No run passes the filter.");
    const ProcessResult same = hilo.tryTo({"compare", dir, "--paired", "tiny-seed1,tiny-seed2"});
    CHECK_EQ(same.exitCode, 3);
    CHECK_CONTAINS(same.errors, "--group-seeds");
    CHECK_EQ(hilo.exitCode({"compare", dir, "--columns", "no_such_thing"}), 3);
    CHECK_EQ(hilo.exitCode({"compare", dir, "--differences", "tiny-seed1"}), 2);
    CHECK_EQ(hilo.exitCode({"compare", dir, "--paired", "tiny-seed1,absent"}), 3);
    CHECK_EQ(hilo.exitCode({"compare", dir, "--maps", "tiny-seed1,../../etc"}), 3);
    CHECK_EQ(hilo.exitCode({"compare", hilo.place("model").string()}), 3);
}

HILO_TEST(badWordsAreRefused)
{
    const Commands hilo(Json{{"steps", 2}});
    const std::string dir = hilo.project();
    hilo.run({"project", "add-run", dir, hilo.spec(), "--id", "a"});
    CHECK_EQ(hilo.exitCode({"project", "new", dir}), 3);
    CHECK_EQ(hilo.exitCode({"project", "new", ""}), 3);
    CHECK_EQ(hilo.exitCode({"project", "list", ""}), 3);
    const ProcessResult seeds = hilo.tryTo({"project", "add-run", dir, hilo.spec(), "--seeds", "1,x"});
    CHECK_EQ(seeds.exitCode, 2);
    CHECK_CONTAINS(seeds.errors, "from 0 up was expected, not \"x\"");
    CHECK_EQ(hilo.exitCode({"project", "add-run", dir, hilo.spec(), "--id", "../b"}), 3);
    CHECK_EQ(hilo.exitCode({"project", "add-run", dir, hilo.spec(), "--set", "training.learnig_rate=1"}), 3);
    CHECK_EQ(hilo.exitCode({"project", "add-run", dir, hilo.spec(), "--set", "training"}), 2);
    CHECK_EQ(hilo.exitCode({"project", "queue", dir, "absent"}), 3);
    CHECK_EQ(hilo.exitCode({"project", "queue", dir, "--first"}), 2);
    // A misspelt id leaves the queue as it was.
    CHECK_EQ(hilo.exitCode({"project", "queue", dir, "a", "absent"}), 3);
    CHECK(hilo.json({"project", "queue", dir})["queue"].empty());
    CHECK_EQ(hilo.exitCode({"project", "control", dir, "pause", "a", "--wait"}), 2);
    CHECK_CONTAINS(hilo.run({"work", dir}), "The queue is empty. \"hilo project queue");
    CHECK_CONTAINS(hilo.run({"project", "add-run", dir, hilo.spec(), "--id", "b", "--set", "model.path=/no/such"}),
                   "/no/such is not there");
    CHECK_CONTAINS(hilo.run({"project", "add-run", dir, hilo.spec(), "--id", "c", "--set", "model.path=acme/absent"}),
                   "hilo fetch acme/absent brings it");
    CHECK_CONTAINS(hilo.tryTo({"project", "show", dir, "aa"}).errors, "Did you mean a?");
    CHECK_EQ(hilo.exitCode({"project", "control", dir, "halt", "a"}), 2);
    CHECK_EQ(hilo.exitCode({"project", "control", dir, "pause", "a"}), 3);
    CHECK_EQ(hilo.exitCode({"project", "pin", dir, "a", "7"}), 3);
    CHECK_EQ(hilo.exitCode({"project", "prune", dir, "--keep", "0"}), 2);
    CHECK_EQ(hilo.exitCode({"project", "restore", dir, "a"}), 3);
    CHECK_EQ(hilo.exitCode({"project", "show", dir, "absent"}), 3);
    CHECK_EQ(hilo.exitCode({"work", dir, "--devices", "tpu"}), 2);
    CHECK_EQ(hilo.exitCode({"work", dir, "--devices", "cuda:0,cuda:0"}), 2);
    CHECK_EQ(hilo.exitCode({"project", "queue", dir, "--devices-per-run", "2"}), 2);
    CHECK_EQ(hilo.exitCode({"project", "queue", dir, "a", "--devices-per-run", "0"}), 2);
    CHECK_EQ(hilo.exitCode({"work", hilo.place("nowhere").string()}), 3);
    CHECK_EQ(hilo.exitCode({"project"}), 2);
}

/// Queued for two devices, stopped, and killed: it ends with the numbers of an undisturbed one.
HILO_TEST(aQueuedRunOfTwoProcessesGoesOnOnAsMany)
{
    // Long enough that there is something left to kill, however late a busy machine lets that happen.
    const Commands hilo(Json{{"steps", 240}, {"checkpoint_every", 10}});
    const ProcessResult whole =
        hilo.tryTo({"train", hilo.spec(), "--out", hilo.place("whole").string(), "--devices", "cpu,cpu"});
    if (whole.errors.find("trains in parallel on GPUs only") != std::string::npos)
        SKIP("this build trains in parallel on GPUs only");
    CHECK_EQ(whole.exitCode, 0);
    const std::string dir = hilo.project();
    hilo.run({"project", "add-run", dir, hilo.spec(), "--id", "wide", "--queue", "--devices-per-run", "2"});
    CHECK_EQ(hilo.json({"project", "queue", dir})["queue"][0]["devices"].get<int>(), 2);
    const auto workUntil = [&](int step, const std::function<void()>& then) {
        std::thread person([&] {
            const fs::path reached = hilo.runFolder("wide") / "checkpoints" / ("step-" + std::to_string(step));
            for (int i = 0; i < 30000 && !fs::exists(reached); ++i)
                usleep(2000);
            then();
        });
        const ProcessResult worked = hilo.tryTo({"work", dir, "--devices", "cpu,cpu"});
        person.join();
        CHECK_EQ(worked.exitCode, 0);
    };
    workUntil(10, [&] { hilo.run({"project", "control", dir, "stop", "wide", "--wait"}); });
    CHECK_EQ(hilo.json({"project", "list", dir})["runs"][0]["state"].get<std::string>(), "stopped");

    hilo.run({"project", "retry", dir});
    CHECK_EQ(hilo.exitCode({"project", "queue", dir, "wide", "--devices-per-run", "3"}), 3);
    const ProcessResult refused = hilo.tryTo({"work", dir, "--devices", "cpu"});
    CHECK_EQ(refused.exitCode, 3);
    CHECK_CONTAINS(refused.output, "it needs 2 devices (cpu) at once, as it was begun on so many");
    CHECK_CONTAINS(refused.errors, "stays queued");
    CHECK_EQ(eventsOf(hilo.runFolder("wide"), "started").size(), 1u);
    // Its first process is killed; the second cannot go on alone, and the worker begins both again.
    // A while behind where it was stopped, however far it had come by then.
    const auto kept = REQUIRE_OK(listCheckpoints(hilo.runFolder("wide"), false));
    std::int64_t stoppedAt = 0;
    for (const Checkpoint& checkpoint : kept)
        stoppedAt = std::max(stoppedAt, checkpoint.step);
    workUntil(static_cast<int>(stoppedAt / 10 * 10) + 20, [&] {
        if (const auto trainer = readIdentity(hilo.runFolder("wide")); trainer && isAlive(*trainer))
            ::kill(trainer->pid, SIGKILL);
    });
    CHECK_EQ(hilo.json({"project", "list", dir})["runs"][0]["state"].get<std::string>(), "finished");
    const auto started = eventsOf(hilo.runFolder("wide"), "started");
    CHECK_EQ(started.size(), 3u);
    for (const Json& event : started) {
        CHECK_EQ(event["processes"].get<int>(), 2);
        CHECK_EQ(event["devices"].get<std::string>(), "cpu,cpu");
    }
    CHECK(adapterBytes(hilo.place("whole")) == adapterBytes(hilo.runFolder("wide")));
}

/// Worker and trainer are killed with SIGKILL; the next `hilo work` brings the run to the numbers of an undisturbed
/// one.
HILO_TEST(aKilledWorkerAndAKilledTrainerLoseNothing)
{
    const Commands hilo(Json{{"steps", 40}, {"checkpoint_every", 4}});
    const std::string dir = hilo.project();
    hilo.run({"project", "add-run", dir, hilo.spec(), "--id", "killed", "--queue"});
    for (int round = 1; round <= 2; ++round) {
        const pid_t worker = fork();
        if (worker == 0) {
            execl(HILO_BINARY_DIR "/hilo", "hilo", "work", dir.c_str(), static_cast<char*>(nullptr));
            _exit(127);
        }
        const fs::path reached = hilo.runFolder("killed") / "checkpoints";
        for (int i = 0; i < 30000 && !fs::exists(reached / ("step-" + std::to_string(8 * round))); ++i)
            usleep(2000);
        ::kill(worker, SIGKILL);
        waitpid(worker, nullptr, 0);
        const auto trainer = readIdentity(hilo.runFolder("killed"));
        CHECK(trainer.has_value());
        // Its worker's death has not touched it.
        CHECK(isAlive(*trainer) || !eventsOf(hilo.runFolder("killed"), "finished").empty());
        [[maybe_unused]] const Status sent = signalGroup(*trainer, SIGKILL);
    }
    hilo.run({"work", dir});
    CHECK_EQ(hilo.json({"project", "list", dir})["runs"][0]["state"].get<std::string>(), "finished");
    hilo.run({"train", hilo.spec(), "--out", hilo.place("whole").string()});
    CHECK(adapterBytes(hilo.place("whole")) == adapterBytes(hilo.runFolder("killed")));
    CHECK_CONTAINS(hilo.run({"project", "check", dir}), "as it was recorded");
}
