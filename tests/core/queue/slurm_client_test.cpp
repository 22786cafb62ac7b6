// SPDX-License-Identifier: GPL-3.0-or-later
#include "queue/slurm_client.h"

#include "base/text_format.h"
#include "fake_slurm.h"
#include "queue/slurm_record.h"
#include "queue/slurm_script.h"
#include "worker_fixture.h"

using namespace hilo;
using namespace hilo::testing;

HILO_TEST(jobsAreReadAsSqueueTellsThem)
{
    const auto jobs = REQUIRE_OK(parseJobs("12|RUNNING|hilo-1a-a-9|n[1-2]|None\n"
                                           "13_4|PENDING|other||Nodes required for job are DOWN, DRAINED|odd\n\n"
                                           "14|TIMEOUT|x||TimeLimit\n"));
    CHECK_EQ(jobs.size(), std::size_t{3});
    CHECK_EQ(jobs[0].id, std::string("12"));
    CHECK_EQ(jobs[0].nodes, std::string("n[1-2]"));
    CHECK(jobs[0].isAlive());
    CHECK_EQ(jobs[1].reason, std::string("Nodes required for job are DOWN, DRAINED|odd"));
    CHECK(jobs[1].isAlive());
    CHECK(!jobs[2].isAlive());
    CHECK(REQUIRE_OK(parseJobs("")).empty());
    CHECK(!parseJobs("slurm: something else\n"));
}

HILO_TEST(everyStateOfSlurmIsKnownAsAliveOrEnded)
{
    for (const char* state : {"PENDING", "RUNNING", "CONFIGURING", "COMPLETING", "SUSPENDED", "REQUEUED",
                              "REQUEUE_HOLD", "SPECIAL_EXIT", "STAGE_OUT", "STOPPED", "SIGNALING", "RESIZING"})
        CHECK((SlurmJob{"1", state, "n", "", ""}.isAlive()));
    for (const char* state : {"COMPLETED", "FAILED", "CANCELLED", "TIMEOUT", "NODE_FAIL", "PREEMPTED", "BOOT_FAIL",
                              "DEADLINE", "OUT_OF_MEMORY", "REVOKED"})
        CHECK((!SlurmJob{"1", state, "n", "", ""}.isAlive()));
}

HILO_TEST(aJobThatSlurmHoldsAfterAFailedLaunchIsStuck)
{
    CHECK((SlurmJob{"1", "PENDING", "n", "", "launch failed requeued held"}.isStuck()));
    CHECK((SlurmJob{"1", "PENDING", "n", "", "launch_failed_requeued_held"}.isStuck()));
    CHECK((SlurmJob{"1", "SPECIAL_EXIT", "n", "", "None"}.isStuck()));
    // What a person holds stays held.
    for (const char* reason : {"JobHeldUser", "JobHeldAdmin", "Priority", "Resources", "BeginTime"})
        CHECK((!SlurmJob{"1", "PENDING", "n", "", reason}.isStuck()));
}

HILO_TEST(theNumberOfAJobIsRead)
{
    CHECK_EQ(REQUIRE_OK(parseSubmitted("123\n")), std::string("123"));
    CHECK_EQ(REQUIRE_OK(parseSubmitted("123;cluster\n")), std::string("123"));
    CHECK(!parseSubmitted("Submitted batch job 123\n"));
    CHECK(!parseSubmitted(""));
}

HILO_TEST(missingCommandsAndAnAbsentControllerAreToldApart)
{
    TemporaryFolder folder;
    FakeSlurm slurm(folder.path());
    const SlurmClient client(slurm.commands());
    CHECK(client.jobs().has_value());
    slurm.set("away");
    const auto away = client.jobs();
    CHECK(!away && isAway(away.error()));
    const auto missing = SlurmClient("/nonexistent").jobs();
    CHECK(!missing && !isAway(missing.error()));
    CHECK_CONTAINS(missing.error().hint, "--slurm");
}

HILO_TEST(aDamagedRecordIsAnError)
{
    TemporaryFolder folder;
    CHECK(!REQUIRE_OK(readSlurmRecord(folder.path())));
    REQUIRE_OK(writeSlurmRecord(folder.path(), {"hilo-1-a-2", "7"}));
    CHECK(*REQUIRE_OK(readSlurmRecord(folder.path())) == (SlurmRecord{"hilo-1-a-2", "7"}));
    std::ofstream(folder.path() / "slurm.json") << "{\"job\": 7";
    CHECK(!readSlurmRecord(folder.path()));
    REQUIRE_OK(removeSlurmRecord(folder.path()));
    CHECK(!REQUIRE_OK(readSlurmRecord(folder.path())));
}

HILO_TEST(aRunAsksForWhatItNeeds)
{
    WorkerFixture fixture;
    fixture.queue("two", {{"device", "cuda"}}, 3, 2);
    const QueuedRun run = *REQUIRE_OK(queuedRun(fixture.opened.database(), "two"));
    const auto options =
        slurmOptions(fixture.project(), run, "hilo-x-two-1", {std::int64_t{3} << 30, std::chrono::seconds(90)},
                     {"--partition=big", "--mem=1G"});
    const std::string all = joined(options, " ");
    CHECK_CONTAINS(all, "--job-name=hilo-x-two-1");
    CHECK_CONTAINS(all, "--gpus-per-node=2");
    CHECK_CONTAINS(all, "--mem=3073M");
    CHECK_CONTAINS(all, "--signal=B:USR1@90");
    CHECK_CONTAINS(all, "--requeue");
    // sbatch takes the last of equal options: the user's.
    CHECK(all.ends_with("--partition=big --mem=1G"));
    const std::string script = slurmScript(fixture.project(), run, "/opt/a b/hilo");
    CHECK_CONTAINS(script, "'/opt/a b/hilo' resume");
    CHECK_CONTAINS(script, "--devices cuda:0,cuda:1");
    CHECK_CONTAINS(script, "exec srun");
}
