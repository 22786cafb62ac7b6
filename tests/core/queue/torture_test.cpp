// SPDX-License-Identifier: GPL-3.0-or-later
// Trainers, workers, an indexer and a reader are killed with SIGKILL at random, hundreds of times, while runs go
// through the queue. HILO_TORTURE_ROUNDS says how many kills (default 300), HILO_TORTURE_SEED which.
#include "base/atomic_file.h"
#include "base/process_identity.h"
#include "core/project/project_fixture.h"
#include "index/project_check.h"
#include "queue/run_queue.h"
#include "run/checkpoints.h"

#include "fake_training.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <random>
#include <thread>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

constexpr int steps = 60;

int number(const char* name, int fallback)
{
    const char* const text = std::getenv(name);
    return text ? std::atoi(text) : fallback;
}

/// A part of fake_hilo that is started again whenever it was killed.
class Part
{
  public:
    Part(std::vector<std::string> words, const fs::path& log) : words_(std::move(words)), log_(log) { start(); }

    /// How it ended when it has ended by itself; empty while it runs.
    std::string ending()
    {
        int status = 0;
        if (waitpid(pid_, &status, WNOHANG) == 0)
            return {};
        return words_.front() + (WIFSIGNALED(status) ? " ended by signal " + std::to_string(WTERMSIG(status))
                                                     : " ended with " + std::to_string(WEXITSTATUS(status)));
    }
    void end(int signal)
    {
        ::kill(pid_, signal);
        waitpid(pid_, nullptr, 0);
    }
    void start()
    {
        // A signal that comes before the other program runs must not reach Qt Test's handler, which would wait for
        // ever.
        sigset_t all;
        sigset_t before;
        sigfillset(&all);
        sigprocmask(SIG_SETMASK, &all, &before);
        pid_ = fork();
        if (pid_ != 0) {
            sigprocmask(SIG_SETMASK, &before, nullptr);
            return;
        }
        for (int signal = 1; signal < NSIG; ++signal)
            std::signal(signal, SIG_DFL);
        sigprocmask(SIG_SETMASK, &before, nullptr);
        const int log = open(log_.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        dup2(log, STDERR_FILENO);
        dup2(log, STDOUT_FILENO);
        std::vector<char*> arguments{const_cast<char*>(HILO_FAKE_PROGRAM)};
        for (const std::string& word : words_)
            arguments.push_back(const_cast<char*>(word.c_str()));
        arguments.push_back(nullptr);
        execv(arguments[0], arguments.data());
        _exit(127);
    }

  private:
    std::vector<std::string> words_;
    fs::path log_;
    pid_t pid_ = -1;
};

class Torture
{
  public:
    explicit Torture(unsigned seed) : random_(seed)
    {
        const std::string folder = fixture_.project().folder().string();
        addRuns(6);
        for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
                 {"work", folder, "wait"}, {"work", folder, "wait"}, {"index", folder}, {"read", folder}})
            parts_.push_back(std::make_unique<Part>(words, log_ / "parts.txt"));
    }

    ~Torture()
    {
        for (const auto& part : parts_)
            part->end(SIGKILL);
        for (const ProcessIdentity& trainer : liveTrainers())
            [[maybe_unused]] const Status sent = signalGroup(trainer, SIGKILL);
    }

    void killAtRandom(int rounds)
    {
        for (int round = 0; round < rounds; ++round) {
            usleep(static_cast<useconds_t>(random_() % 120000));
            for (const auto& part : parts_)
                if (const std::string ending = part->ending(); !ending.empty())
                    fail(ending + ":\n" + readText(log_ / "parts.txt"), __FILE__, __LINE__);
            const std::vector<ProcessIdentity> trainers = liveTrainers();
            // Trainers more often than each of the others.
            const std::size_t victim = random_() % (parts_.size() + 4);
            if (victim < parts_.size()) {
                parts_[victim]->end(SIGKILL);
                parts_[victim]->start();
            } else if (!trainers.empty()) {
                trainersKilled_ += signalGroup(trainers[random_() % trainers.size()], SIGKILL) ? 1 : 0;
            }
            if (trainers.size() < 2 && round % 3 == 0)
                addRuns(1);
        }
    }

    /// Everything that is left is trained, by a worker that nobody kills.
    void finish()
    {
        for (const auto& part : parts_)
            part->end(SIGTERM);
        parts_.clear();
        const ProcessResult worked = runProcess({HILO_FAKE_PROGRAM, "work", fixture_.project().folder().string()});
        if (worked.exitCode != 0)
            fail("the last worker: " + worked.errors, __FILE__, __LINE__);
    }

    void examine()
    {
        RunStore store = fixture_.store();
        REQUIRE_OK(store.scan());
        CHECK(store.notes().empty());
        RunReader reader = fixture_.reader();
        for (const std::string& id : ids_) {
            const RunSummary run = REQUIRE_OK(reader.run(id));
            if (run.state != "finished")
                fail(id + " is " + run.state + ": " + run.errorMessage + run.problem, __FILE__, __LINE__);
            // The numbers of a run that was never killed.
            CHECK_EQ(run.accuracy.value_or(-1), accuracyOf(stateAfter(steps)));
            const Series loss = REQUIRE_OK(reader.series(id, "loss"));
            CHECK_EQ(loss.steps.size(), static_cast<std::size_t>(steps));
            for (int step = 1; step <= steps; ++step)
                CHECK_EQ(loss.values[static_cast<std::size_t>(step) - 1], lossOf(stateAfter(step)));
            CHECK_EQ(newestCheckpointStep(fixture_.folder(id)), steps);
            CHECK_EQ(REQUIRE_OK(reader.documents(id, "finished")).size(), 1u);
            checkAcknowledged(reader, id);
        }
        CHECK(REQUIRE_OK(queuedRuns(store.database())).empty());
        for (const Finding& finding : REQUIRE_OK(checkProject(store, {})))
            fail("check found: " + finding.run + ": " + finding.message, __FILE__, __LINE__);
        const std::string before = contentOf(store.database());
        CHECK(REQUIRE_OK(store.reindex(false)).kept.empty());
        CHECK(contentOf(store.database()) == before);
    }

    int trainersKilled() const { return trainersKilled_; }

  private:
    void addRuns(int count)
    {
        RunStore store = fixture_.store();
        for (int i = 0; i < count; ++i) {
            const std::string id = "run" + std::to_string(ids_.size());
            fixture_.addRun(id, runDocument(id, {{"steps", steps}, {"milliseconds", 8}, {"checkpoint_every", 5}}));
            ids_.push_back(id);
            // Kills without progress are no fault of the run's.
            REQUIRE_OK(enqueue(store, id, 1000000));
        }
    }

    std::vector<ProcessIdentity> liveTrainers() const
    {
        std::vector<ProcessIdentity> live;
        for (const std::string& id : ids_)
            if (const auto identity = readIdentity(fixture_.folder(id)); identity && isAlive(*identity))
                live.push_back(*identity);
        return live;
    }

    /// Every event whose writing was acknowledged is in the database, in its order.
    void checkAcknowledged(RunReader& reader, const std::string& id)
    {
        std::map<std::string, std::vector<Json>> found;
        std::map<std::string, std::size_t> next;
        std::ifstream lines(fixture_.folder(id) / "acknowledged.ndjson");
        for (std::string line; std::getline(lines, line);) {
            const auto acknowledged = parseJson(line, id);
            if (!acknowledged)
                continue; // the kill came in the middle of the test's own note
            const std::string event = (*acknowledged)["event"].get<std::string>();
            if (!found.contains(event))
                found[event] = REQUIRE_OK(reader.documents(id, event));
            bool isThere = false;
            for (std::size_t& i = next[event]; i < found[event].size() && !isThere; ++i)
                isThere = found[event][i].value("step", -1) == acknowledged->value("step", -1);
            if (!isThere)
                fail(id + " lost " + line, __FILE__, __LINE__);
        }
    }

    ProjectFixture fixture_;
    TemporaryFolder log_;
    std::mt19937 random_;
    std::vector<std::string> ids_;
    std::vector<std::unique_ptr<Part>> parts_;
    int trainersKilled_ = 0;
};

} // namespace

HILO_TEST(whateverIsKilledNothingIsLost)
{
    const int rounds = number("HILO_TORTURE_ROUNDS", 300);
    Torture torture(static_cast<unsigned>(number("HILO_TORTURE_SEED", 1)));
    torture.killAtRandom(rounds);
    torture.finish();
    torture.examine();
    CHECK(rounds < 100 || torture.trainersKilled() > rounds / 10);
}
