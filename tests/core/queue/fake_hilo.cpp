// SPDX-License-Identifier: GPL-3.0-or-later
// A stand-in for `hilo` that obeys the contract of a run folder but trains nothing, so that hundreds of lives of a run
// take seconds. The other parts are the real ones: locks, events, checkpoints, worker, store and reader.
//
//     fake_hilo train --project DIR --run ID     fake_hilo resume RUN_DIR     each with --devices A,B
//     fake_hilo work DIR [wait]                  the real worker, which starts this program
//     fake_hilo index DIR                        reads the run folders again and again
//     fake_hilo read DIR                         asks what the desktop asks, again and again; ends with 1 on nonsense
//
// A run's name says how it behaves: "crash", "fail", "full-disk", "deaf" (hears no word and no SIGTERM), "slow".
#include "compare/filter.h"
#include "fake_training.h"
#include "run/run_lock.h"

#include "base/atomic_file.h"
#include "index/run_reader.h"
#include "queue/launcher.h"
#include "queue/worker.h"
#include "run/checkpoints.h"
#include "run/control.h"
#include "run/event_writer.h"

#include <unistd.h>

#include <csignal>
#include <fstream>
#include <iostream>
#include <thread>

using namespace hilo;
namespace fs = std::filesystem;

namespace {

std::atomic<bool> signalled{false};

extern "C" void onSignal(int)
{
    signalled = true;
}

struct FakeRun
{
    fs::path folder;
    std::string name;
    std::int64_t steps = 0, checkpointEvery = 0, milliseconds = 1;
    std::int64_t step = 0;
    std::string devices;    ///< of --devices
    std::int64_t state = 0; ///< what a resumed run must continue with

    bool is(const std::string& behaviour) const { return name.find(behaviour) != std::string::npos; }
};

Result<FakeRun> openFakeRun(const fs::path& folder)
{
    HILO_TRY(const Json spec, readJsonFile(folder / "run.json"));
    FakeRun run;
    run.folder = folder;
    run.name = spec["name"].get<std::string>();
    run.steps = spec["training"]["steps"].get<std::int64_t>();
    run.checkpointEvery = spec["training"].value("checkpoint_every", 5);
    run.milliseconds = spec["training"].value("milliseconds", 1);
    HILO_TRY(const std::vector<Checkpoint> checkpoints, listCheckpoints(folder, true));
    for (const Checkpoint& checkpoint : checkpoints) {
        if (!checkpoint.valid)
            continue;
        HILO_TRY(const Json state, readJsonFile(checkpoint.folder / "state.json"));
        run.step = checkpoint.step;
        run.state = state["state"].get<std::int64_t>();
    }
    return run;
}

/// Every line that the log acknowledged is written down a second time, for the test.
Status tell(EventWriter& events, const FakeRun& run, const std::string& event, Json fields)
{
    HILO_CHECK(events.write(event, fields));
    if (event == "step")
        return {};
    fields["event"] = event;
    std::ofstream(run.folder / "acknowledged.ndjson", std::ios::app) << fields.dump() << std::endl;
    return {};
}

Status save(EventWriter& events, const FakeRun& run)
{
    const fs::path target = run.folder / "checkpoints" / ("step-" + std::to_string(run.step));
    fs::create_directories(target.parent_path());
    if (fs::exists(target) && !verifyCheckpoint(target, run.step, false))
        fs::remove_all(target);
    if (!fs::exists(target)) {
        HILO_TRY(AtomicFolder folder, AtomicFolder::create(target));
        HILO_CHECK(writeJsonFile(folder.path() / "state.json", {{"state", run.state}}));
        HILO_CHECK(writeFileAtomically(folder.path() / "weights.bin", std::string(20000, char('a' + run.step % 26))));
        HILO_CHECK(writeManifest(folder.path(), run.step));
        HILO_CHECK(folder.commit());
        HILO_TRY(const std::vector<Checkpoint> all, listCheckpoints(run.folder, false));
        for (const Checkpoint& old : prunable(all, 2))
            HILO_CHECK(removeCheckpoint(old));
    }
    return tell(events, run, "checkpoint", {{"step", run.step}});
}

/// True when the run is to stop.
Result<bool> obey(EventWriter& events, const FakeRun& run)
{
    if (run.is("deaf"))
        return false;
    for (bool paused = false;;) {
        const auto word = readControl(run.folder);
        if (word == ControlWord::Stop || signalled)
            return true;
        if (word == ControlWord::Checkpoint) {
            clearControl(run.folder);
            HILO_CHECK(save(events, run));
        }
        if (word == ControlWord::Pause && !paused) {
            paused = true;
            HILO_CHECK(tell(events, run, "paused", {{"step", run.step}}));
        }
        if (paused && word == ControlWord::Resume) {
            clearControl(run.folder);
            HILO_CHECK(tell(events, run, "resumed", {{"step", run.step}}));
            return false;
        }
        if (!paused)
            return false;
        usleep(5000);
    }
}

/// The devices that a run was given, for the test.
Json startedFields(const FakeRun& run, bool resumed)
{
    const char* const visible = std::getenv("CUDA_VISIBLE_DEVICES");
    Json fields = {{"step", run.step},
                   {"steps", run.steps},
                   {"resumed", resumed},
                   {"processes", 1 + std::count(run.devices.begin(), run.devices.end(), ',')},
                   {"visible", visible ? visible : "all"}};
    std::string ofSeveral;
    for (const char* name :
         {"WORLD_SIZE", "RANK", "LOCAL_RANK", "MASTER_ADDR", "MASTER_PORT", "HILO_DEVICE", "HILO_DEVICES"})
        ofSeveral += std::getenv(name) ? name + std::string(" ") : "";
    fields["of_several"] = ofSeveral;
    if (!run.devices.empty())
        fields["devices"] = run.devices;
    return fields;
}

Status train(const fs::path& folder, const std::string& devices)
{
    HILO_TRY(const auto lock, lockRunForTraining(folder));
    HILO_TRY(FakeRun run, openFakeRun(folder));
    run.devices = devices;
    HILO_TRY(EventWriter events, EventWriter::open(folder / "events.ndjson"));
    const bool resumed = run.step > 0;
    HILO_CHECK(tell(events, run, "started", startedFields(run, resumed)));
    if (run.is("full-disk") && !fs::exists(folder / "room"))
        return tell(events, run, "failed",
                    {{"code", static_cast<int>(ErrorCode::NoSpace)}, {"message", "No space."}, {"hint", ""}});
    while (run.step < run.steps) {
        HILO_TRY(const bool stop, obey(events, run));
        if (stop) {
            const char* const by = readControl(folder) == ControlWord::Stop ? "word" : "signal";
            clearControl(folder);
            HILO_CHECK(save(events, run));
            return tell(events, run, "stopped", {{"step", run.step}, {"by", by}});
        }
        if (run.is("crash") && run.step == run.steps / 2) {
            std::cerr << "a crash, as asked for" << std::endl;
            _exit(1);
        }
        if (run.is("fail") && run.step == run.steps / 2)
            return tell(events, run, "failed", {{"code", 3}, {"message", "It failed."}, {"hint", "Do better."}});
        ++run.step;
        run.state = testing::nextState(run.state, run.step);
        HILO_CHECK(events.write("step", {{"step", run.step}, {"loss", testing::lossOf(run.state)}, {"lr", 0.001}}));
        if (run.checkpointEvery > 0 && run.step % run.checkpointEvery == 0)
            HILO_CHECK(save(events, run));
        std::this_thread::sleep_for(std::chrono::milliseconds(run.milliseconds));
    }
    const double accuracy = testing::accuracyOf(run.state);
    HILO_CHECK(tell(events, run, "evaluation",
                    {{"step", run.step}, {"split", "test"}, {"protocol", "label-logit"}, {"accuracy", accuracy}}));
    return tell(events, run, "finished",
                {{"accuracy", accuracy}, {"trainable_parameters", 1000}, {"active_parameters", 500}, {"seconds", 1.0}});
}

Status work(const fs::path& folder, bool wait)
{
    HILO_TRY(const Project project, Project::open(folder));
    HILO_TRY(RunStore store, RunStore::open(project));
    WorkOptions options;
    options.devices = {"cpu", "cuda:0"};
    options.untilEmpty = !wait;
    options.poll = std::chrono::milliseconds(10);
    options.minimumFreeBytes = 0;
    options.say = [](const std::string& text) { std::cerr << text << std::endl; };
    options.stop = &signalled;
    return Worker(store, options).work();
}

Status index(const fs::path& folder)
{
    HILO_TRY(const Project project, Project::open(folder));
    HILO_TRY(RunStore store, RunStore::open(project));
    while (!signalled) {
        HILO_TRY([[maybe_unused]] const ScanReport scanned, store.scan());
        usleep(2000);
    }
    return {};
}

/// What the database says must make sense at every moment.
Status lookAt(RunReader& reader, const RunSummary& run)
{
    HILO_TRY(const Series loss, reader.series(run.id, "loss"));
    std::int64_t state = 0;
    for (std::size_t i = 0; i < loss.steps.size(); ++i) {
        const auto step = static_cast<std::int64_t>(i) + 1;
        state = testing::nextState(state, step);
        if (loss.steps[i] != step || loss.values[i] != testing::lossOf(state))
            return failure(internalError(run.id + ": point " + std::to_string(i) + " is of step " +
                                         std::to_string(loss.steps[i]) + "."));
    }
    HILO_TRY([[maybe_unused]] const auto evaluations, reader.evaluations(run.id));
    return {};
}

Status read(const fs::path& folder)
{
    HILO_TRY(const Project project, Project::open(folder));
    while (!signalled) {
        HILO_TRY(RunReader reader, RunReader::open(project));
        HILO_TRY(const Filter filter, Filter::parse("state = running or accuracy or last_step > 3"));
        HILO_TRY(const std::vector<RunSummary> runs, reader.runs(filter));
        for (const RunSummary& run : runs)
            HILO_CHECK(lookAt(reader, run));
        usleep(2000);
    }
    return {};
}

Status command(std::vector<std::string> words)
{
    std::string devices;
    if (words.size() > 2 && words[words.size() - 2] == "--devices") {
        devices = words.back();
        words.resize(words.size() - 2);
    }
    if (words.size() == 5 && words[0] == "train")
        return train(fs::path(words[2]) / "runs" / words[4], devices);
    if (words.size() == 2 && words[0] == "resume")
        return train(words[1], devices);
    if (words.size() >= 2 && words[0] == "work")
        return work(words[1], words.size() > 2);
    if (words.size() == 2 && words[0] == "index")
        return index(words[1]);
    if (words.size() == 2 && words[0] == "read")
        return read(words[1]);
    return failure(wrongUsage("expected train, resume, work, index or read"));
}

} // namespace

int main(int argc, char** argv)
{
    const std::vector<std::string> words(argv + 1, argv + argc);
    const bool deaf = words.size() > 1 && words.back().find("deaf") != std::string::npos;
    for (const int number : {SIGTERM, SIGINT, SIGUSR1})
        std::signal(number, deaf ? SIG_IGN : onSignal);
    const Status done = command(words);
    if (done)
        return 0;
    std::cerr << describe(done.error()) << std::endl;
    return static_cast<int>(done.error().code);
}
