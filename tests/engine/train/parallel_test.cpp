// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiny_run.h"

#include "engine/train/parallel.h"
#include "engine/train/recompute_plan.h"
#include "engine/train/slurm_place.h"
#include "run/control.h"

#include <cstdlib>
#include <thread>

using namespace hilo;
using namespace hilo::testing;

namespace {

const std::string program = std::string(HILO_BINARY_DIR) + "/hilo";

ProcessResult train(const TinyRun& tiny, const std::string& name, const std::vector<std::string>& more)
{
    std::vector<std::string> command{program, "train", tiny.spec().string(), "--out", tiny.run(name).string()};
    command.insert(command.end(), more.begin(), more.end());
    return runProcess(command);
}

/// Every load and weight of every routing event, in order.
std::vector<double> numbersOfRouting(const std::filesystem::path& run)
{
    std::vector<double> numbers;
    for (const Json& event : eventsOf(run, "routing"))
        for (const Json& module : event["modules"])
            for (const char* key : {"load", "weight"})
                for (const Json& number : module[key])
                    numbers.push_back(number.get<double>());
    return numbers;
}

/// A LibTorch for CUDA comes without the headers of Gloo.
void skipWithoutGloo(const ProcessResult& result)
{
    if (result.errors.find("trains in parallel on GPUs only") != std::string::npos)
        SKIP("this build trains in parallel on GPUs only");
}

struct Environment
{
    Environment(const std::map<std::string, std::string>& variables)
    {
        for (const char* name : names)
            unsetenv(name);
        for (const auto& [name, value] : variables)
            setenv(name.c_str(), value.c_str(), 1);
    }
    ~Environment()
    {
        for (const char* name : names)
            unsetenv(name);
    }
    static constexpr const char* names[] = {
        "RANK",         "WORLD_SIZE",    "LOCAL_RANK",          "MASTER_ADDR",  "MASTER_PORT",  "SLURM_STEP_NUM_TASKS",
        "SLURM_PROCID", "SLURM_LOCALID", "SLURM_STEP_NODELIST", "SLURM_JOB_ID", "SLURM_STEP_ID"};
};

int occurrences(const std::string& text, const std::string& part)
{
    int count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++count;
    return count;
}

} // namespace

HILO_TEST(twoProcessesTrainAsOneWithTheJoinedBatch)
{
    const Json common = {{"steps", 6}, {"auxiliary_loss", 0.01}};
    Json one = common;
    one["accumulation"] = 2;
    Json two = common;
    two["accumulation"] = 1;
    const TinyRun joined(one);
    const TinyRun shared(two);
    const ProcessResult alone = train(joined, "run", {});
    CHECK_EQ(alone.exitCode, 0);
    const ProcessResult together = train(shared, "run", {"--devices", "cpu,cpu"});
    skipWithoutGloo(together);
    CHECK(together.errors.find("[error]") == std::string::npos);
    // Rows that were cut are told once, not by every process.
    CHECK_EQ(occurrences(together.errors, "rows of the split train are longer"), 1);
    CHECK_EQ(together.exitCode, 0);
    CHECK_EQ(eventsOf(shared.run("run"), "started").back()["processes"].get<int>(), 2);

    checkSameAdapter(shared.run("run"), joined.run("run"), 2e-5);
    const auto steps = eventsOf(joined.run("run"), "step");
    const auto sharedSteps = eventsOf(shared.run("run"), "step");
    CHECK_EQ(sharedSteps.size(), steps.size());
    for (std::size_t i = 0; i < steps.size(); ++i) {
        CHECK_NEAR(sharedSteps[i]["loss"].get<double>(), steps[i]["loss"].get<double>(), 1e-5);
        CHECK_NEAR(sharedSteps[i]["grad_norm"].get<double>(), steps[i]["grad_norm"].get<double>(), 1e-4);
    }
    const std::vector<double> loads = numbersOfRouting(joined.run("run"));
    const std::vector<double> sharedLoads = numbersOfRouting(shared.run("run"));
    CHECK_EQ(loads.size(), 6u * 6 * 2 * 2); // steps, modules with a router, load and weight of two experts
    CHECK_EQ(sharedLoads.size(), loads.size());
    for (std::size_t i = 0; i < loads.size(); ++i)
        CHECK_NEAR(sharedLoads[i], loads[i], 1e-4);
}

HILO_TEST(aRunOfTwoProcessesResumesOnAsMany)
{
    const TinyRun tiny(Json{{"steps", 300}, {"accumulation", 1}, {"checkpoint_every", 50}});
    const ProcessResult whole = train(tiny, "whole", {"--devices", "cpu,cpu"});
    skipWithoutGloo(whole);
    CHECK_EQ(whole.exitCode, 0);

    ProcessResult begun;
    std::thread trainer([&] { begun = train(tiny, "stopped", {"--devices", "cpu,cpu"}); });
    const std::filesystem::path run = tiny.run("stopped");
    for (int patience = 0; patience < 60000; ++patience) {
        if (std::filesystem::exists(run / "events.ndjson") && !eventsOf(run, "step").empty())
            break;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    const Status told = writeControl(run, ControlWord::Stop);
    trainer.join();
    REQUIRE_OK(told);
    CHECK_EQ(begun.exitCode, 130);
    CHECK_EQ(eventsOf(run, "started").back()["devices"].get<std::string>(), "cpu,cpu");
    const auto stoppedAt = eventsOf(run, "stopped").at(0)["step"].get<std::int64_t>();
    CHECK(stoppedAt > 0 && stoppedAt < 300);

    // Another number of processes would be another batch size.
    const ProcessResult alone = runProcess({program, "resume", run.string(), "--devices", "cpu"});
    CHECK_EQ(alone.exitCode, 3);
    CHECK_CONTAINS(alone.errors, "--devices cpu,cpu");
    CHECK_EQ(eventsOf(run, "started").size(), 1u);

    const ProcessResult resumed = runProcess({program, "resume", run.string()});
    CHECK(resumed.errors.find("[error]") == std::string::npos);
    CHECK_EQ(resumed.exitCode, 0);
    const Json started = eventsOf(run, "started").back();
    CHECK_EQ(started["processes"].get<int>(), 2);
    CHECK_EQ(started["step"].get<std::int64_t>(), stoppedAt);
    CHECK(adapterBytes(run) == adapterBytes(tiny.run("whole")));
}

HILO_TEST(devicesThatAreNoneAreWrongUsage)
{
    const TinyRun tiny;
    const ProcessResult result = train(tiny, "run", {"--devices", "cpu,gpu7"});
    CHECK_EQ(result.exitCode, 2);
    CHECK_CONTAINS(result.errors, "gpu7");
    CHECK(!std::filesystem::exists(tiny.run("run")));
}

HILO_TEST(theEnvironmentOfTorchrunNamesThePlace)
{
    {
        const Environment none({});
        CHECK_EQ(REQUIRE_OK(parallelPlace()).size, 1);
    }
    {
        const Environment set({{"RANK", "2"}, {"WORLD_SIZE", "4"}, {"LOCAL_RANK", "1"}, {"MASTER_PORT", "29400"}});
        const ParallelPlace place = REQUIRE_OK(parallelPlace());
        CHECK_EQ(place.rank, 2);
        CHECK_EQ(place.size, 4);
        CHECK_EQ(place.localRank, 1);
        CHECK_EQ(place.host, "127.0.0.1");
        CHECK_EQ(place.port, 29400);
    }
    for (const auto& [name, value] : std::map<std::string, std::string>{
             {"RANK", "4"}, {"WORLD_SIZE", "many"}, {"MASTER_PORT", "0"}, {"LOCAL_RANK", "-1"}}) {
        std::map<std::string, std::string> variables{{"RANK", "0"}, {"WORLD_SIZE", "4"}, {"MASTER_PORT", "29400"}};
        variables[name] = value;
        const Environment set(variables);
        CHECK_EQ(REQUIRE_ERROR(parallelPlace()).place, name);
    }
    const Environment set(std::map<std::string, std::string>{{"WORLD_SIZE", "2"}});
    CHECK_EQ(REQUIRE_ERROR(parallelPlace()).place, "RANK");
}

HILO_TEST(onlyLayersThatDoNotFitAreRecomputed)
{
    // 12 units usable, one for the allocator, four measured: seven layers of one unit fit.
    CHECK_EQ(layersToRecompute({10, 1000, 4000, 12000}), 3);
    CHECK_EQ(layersToRecompute({10, 1000, 4000, 120000}), 0);
    CHECK_EQ(layersToRecompute({10, 1000, 11500, 12000}), 10);
    CHECK_EQ(layersToRecompute({10, 1000, 20000, 12000}), 10);
    CHECK_EQ(layersToRecompute({10, 0, 0, 12000}), 10);
}

HILO_TEST(theFirstNodeOfAListAsSlurmWritesIt)
{
    for (const auto& [list, first] :
         {std::pair{"n1", "n1"}, std::pair{"n1,n2", "n1"}, std::pair{"n[01-04,7],m1", "n01"},
          std::pair{"a,n[1-2]", "a"}, std::pair{"gpu[7]-x", "gpu7"}, std::pair{"", ""}})
        CHECK_EQ(firstNode(list), std::string(first));
}

HILO_TEST(ranksComeFromSlurmsVariables)
{
    const std::map<std::string, std::string> third = {{"SLURM_STEP_NUM_TASKS", "4"}, {"SLURM_PROCID", "2"},
                                                      {"SLURM_LOCALID", "1"},        {"SLURM_STEP_NODELIST", "n[3-4]"},
                                                      {"SLURM_JOB_ID", "12"},        {"SLURM_STEP_ID", "0"}};
    {
        const Environment environment(third);
        const ParallelPlace place = REQUIRE_OK(parallelPlace());
        CHECK_EQ(place.rank, 2);
        CHECK_EQ(place.size, 4);
        CHECK_EQ(place.localRank, 1);
        CHECK_EQ(place.host, std::string("n3"));
        CHECK_EQ(place.port, 20084);
    }
    // A variable with a value of its own goes first; torchrun's go before all of Slurm's.
    auto changed = third;
    changed.insert({{"MASTER_ADDR", "there"}, {"MASTER_PORT", "77"}});
    {
        const Environment environment(changed);
        CHECK_EQ(REQUIRE_OK(parallelPlace()).host, std::string("there"));
        CHECK_EQ(REQUIRE_OK(parallelPlace()).port, 77);
    }
    changed.insert({{"WORLD_SIZE", "2"}, {"RANK", "1"}});
    {
        const Environment environment(changed);
        CHECK_EQ(REQUIRE_OK(parallelPlace()).size, 2);
    }
    {
        const Environment environment({{"SLURM_STEP_NUM_TASKS", "1"}, {"SLURM_PROCID", "0"}});
        CHECK_EQ(REQUIRE_OK(parallelPlace()).size, 1);
    }
    for (const char* name : {"SLURM_PROCID", "SLURM_LOCALID", "SLURM_JOB_ID", "SLURM_STEP_NODELIST"}) {
        auto without = third;
        without.erase(name);
        const Environment environment(without);
        CHECK_EQ(REQUIRE_ERROR(parallelPlace()).place, std::string(name));
    }
}
