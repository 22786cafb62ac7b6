// SPDX-License-Identifier: GPL-3.0-or-later
// A real Slurm, where one is installed (./test.sh --slurm installs it): what it does to jobs, done to runs.
#include "queue/slurm_worker.h"

#include "fake_training.h"
#include "run/checkpoints.h"
#include "run/run_lock.h"
#include "worker_fixture.h"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>

using namespace hilo;
using namespace hilo::testing;

namespace {

bool isInstalled()
{
    return std::system("command -v slurmctld slurmd munged sbatch squeue >/dev/null 2>&1") == 0;
}

class Cluster : public WorkerFixture
{
  public:
    Cluster()
    {
        // munged runs as a user of its own.
        std::filesystem::permissions(temporary_.path(),
                                     std::filesystem::perms::others_exec | std::filesystem::perms::group_exec,
                                     std::filesystem::perm_options::add);
        script({"start", folder_, std::to_string(21000 + getpid() % 20000 / 3 * 3)});
        setenv("SLURM_CONF", (folder_ + "/slurm.conf").c_str(), 1);
        const auto start = std::chrono::steady_clock::now();
        while (runProcess({"sinfo", "-h", "-o", "%D %T"}).output != "2 idle\n") {
            if (std::chrono::steady_clock::now() - start > std::chrono::minutes(3))
                fail("The cluster does not come up: " + runProcess({"sinfo"}).output, __FILE__, __LINE__);
            std::this_thread::sleep_for(std::chrono::milliseconds(500));
        }
    }

    void script(std::vector<std::string> words)
    {
        words.insert(words.begin(), HILO_SLURM_CLUSTER);
        command(words);
    }
    void command(const std::vector<std::string>& words)
    {
        const ProcessResult done = runProcess(words);
        CHECK_EQ(done.exitCode == 0 ? std::string() : done.errors, std::string());
    }
    void killDaemon(const std::string& name)
    {
        std::ifstream file(folder_ + "/" + name + ".pid");
        pid_t pid = 0;
        file >> pid;
        CHECK(pid > 1);
        ::kill(pid, SIGKILL);
    }
    const std::string& place() const { return folder_; }

    SlurmWorkOptions slurmOptions()
    {
        SlurmWorkOptions options;
        options.program = HILO_FAKE_PROGRAM;
        options.poll = std::chrono::milliseconds(500);
        options.notice = std::chrono::seconds(45);
        options.stop = &stop;
        return options;
    }
    /// A submitter that is a process of its own; what it says comes to the test's output.
    pid_t beginSubmitter()
    {
        const pid_t child = fork();
        if (child != 0)
            return child;
        RunStore own = store();
        SlurmWorkOptions options = slurmOptions();
        options.say = [](const std::string& text) { std::fprintf(stderr, "%s\n", text.c_str()); };
        const Status done = SlurmWorker(own, options).work();
        if (!done)
            std::fprintf(stderr, "%s\n", describe(done.error()).c_str());
        _exit(done ? 0 : 1);
    }
    static int endOf(pid_t child)
    {
        int status = 0;
        waitpid(child, &status, 0);
        return status;
    }
    std::string jobOf(const std::string& id)
    {
        const auto record = readSlurmRecord(folder(id));
        return record && *record ? (*record)->job : std::string();
    }
    bool hasCheckpoint(const std::string& id) { return newestCheckpointStep(folder(id)) > 0; }

  private:
    /// Ends the daemons, also when they did not come up.
    struct Stopper
    {
        ~Stopper() { runProcess({HILO_SLURM_CLUSTER, "stop", folder}); }
        std::string folder;
    };
    TemporaryFolder temporary_;
    std::string folder_ = (temporary_.path() / "slurm").string();
    Stopper stopper_{folder_};
};

} // namespace

HILO_TEST(twentyRunsOnTwoNodesEndAsAloneWhateverHappens)
{
    if (!isInstalled())
        SKIP("Slurm is not installed here; ./test.sh --slurm installs it");
    Cluster cluster;
    std::vector<std::string> ids;
    for (int i = 0; i < 20; ++i) {
        ids.push_back("run-" + std::to_string(i));
        cluster.queue(ids.back(), {{"steps", 400}, {"milliseconds", 20}}, 5);
    }
    pid_t submitter = cluster.beginSubmitter();
    const auto begun = [&](const std::string& id) { return comesTrue([&] { return cluster.hasCheckpoint(id); }); };
    CHECK(begun("run-0"));
    ::kill(submitter, SIGKILL);
    Cluster::endOf(submitter);
    submitter = cluster.beginSubmitter();

    CHECK(begun("run-1"));
    cluster.command({"scontrol", "requeue", cluster.jobOf("run-1")});
    CHECK(begun("run-2"));
    cluster.command({"scancel", cluster.jobOf("run-2")});
    CHECK(begun("run-3"));
    cluster.killDaemon("n2");
    std::this_thread::sleep_for(std::chrono::seconds(2));
    cluster.script({"node", cluster.place(), "n2"});
    CHECK(begun("run-5"));
    cluster.killDaemon("controller");
    std::this_thread::sleep_for(std::chrono::seconds(2));
    cluster.script({"controller", cluster.place()});

    CHECK_EQ(Cluster::endOf(submitter), 0);
    CHECK(REQUIRE_OK(queuedRuns(cluster.opened.database())).empty());
    REQUIRE_OK(cluster.opened.scan());
    for (const std::string& id : ids) {
        CHECK_EQ(cluster.summary(id).state, std::string("finished"));
        CHECK_EQ(cluster.summary(id).accuracy.value_or(-1), accuracyOf(stateAfter(400)));
    }
}

HILO_TEST(aRunLongerThanItsTimeLimitGoesOnInAnotherJob)
{
    if (!isInstalled())
        SKIP("Slurm is not installed here; ./test.sh --slurm installs it");
    Cluster cluster;
    cluster.queue("long", {{"steps", 900}, {"milliseconds", 100}, {"checkpoint_every", 10000}});
    SlurmWorkOptions options = cluster.slurmOptions();
    options.sbatchOptions = {"--time=1"};
    options.say = [&cluster](const std::string& text) { cluster.said.push_back(text); };
    REQUIRE_OK(SlurmWorker(cluster.opened, options).work());
    // Told before the limit: its only checkpoints are those that it wrote then.
    CHECK(cluster.wasSaid("submitted anew"));
    CHECK_EQ(cluster.summary("long").state, std::string("finished"));
    CHECK_EQ(cluster.summary("long").accuracy.value_or(-1), accuracyOf(stateAfter(900)));
}
