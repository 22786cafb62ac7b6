// SPDX-License-Identifier: GPL-3.0-or-later
// A stand-in for hilo in tests: "work" is the real queue, and a trainer does what the name of its run says: good,
// killed, hanging, garbage, memory.
#include "base/atomic_file.h"
#include "project/project.h"
#include "queue/worker.h"
#include "run/checkpoints.h"
#include "run/control.h"
#include "run/event_writer.h"
#include "run/run_lock.h"

#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <new>
#include <thread>

using namespace hilo;
namespace fs = std::filesystem;

namespace {

constexpr int steps = 400;

[[noreturn]] void end(const Status& status)
{
    if (!status)
        std::fprintf(stderr, "error: %s\n", describe(status.error()).c_str());
    std::exit(status ? 0 : static_cast<int>(status.error().code));
}

void sleepFor(int milliseconds)
{
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
}

Status writeCheckpoint(const fs::path& run, EventWriter& events, int step)
{
    const fs::path folder = run / "checkpoints" / ("step-" + std::to_string(step));
    std::error_code code;
    if (fs::exists(folder, code))
        return {};
    fs::create_directories(folder.parent_path(), code);
    // As the trainer does it: a reader sees a whole checkpoint or none.
    HILO_TRY(AtomicFolder made, AtomicFolder::create(folder));
    HILO_CHECK(writeFileAtomically(made.path() / "adapter.safetensors", "weights of step " + std::to_string(step)));
    HILO_CHECK(writeManifest(made.path(), step));
    HILO_CHECK(made.commit());
    return events.write("checkpoint", {{"step", step}});
}

Status writeStep(EventWriter& events, int step)
{
    return events.write("step", {{"step", step},
                                 {"loss", 2.0 / (1 + 0.02 * step)},
                                 {"lr", 0.001},
                                 {"grad_norm", 0.5},
                                 {"tokens_per_second", 1000.0},
                                 {"memory_bytes", 1 << 28},
                                 {"mfu", 0.3}});
}

/// True when the run has to stop.
Result<bool> obey(const fs::path& run, EventWriter& events, int step)
{
    bool paused = false;
    for (;;) {
        const auto word = readControl(run);
        if (word && *word != ControlWord::Pause)
            clearControl(run);
        if (word == ControlWord::Checkpoint)
            HILO_CHECK(writeCheckpoint(run, events, step));
        if (word == ControlWord::Stop) {
            HILO_CHECK(writeCheckpoint(run, events, step));
            HILO_CHECK(events.write("stopped", {{"step", step}}));
            return true;
        }
        if (word == ControlWord::Pause && !paused) {
            paused = true;
            HILO_CHECK(events.write("paused", {{"step", step}}));
        }
        if (!paused)
            return false;
        if (word == ControlWord::Resume) {
            HILO_CHECK(events.write("resumed", {{"step", step}}));
            return false;
        }
        sleepFor(20);
    }
}

Status trainWell(const fs::path& run, EventWriter& events, int from)
{
    for (int step = from + 1; step <= steps; ++step) {
        HILO_CHECK(writeStep(events, step));
        if (step % 20 == 0)
            HILO_CHECK(events.write("routing", {{"step", step},
                                                {"modules",
                                                 {{{"layer", 0}, {"module", "q_proj"}, {"load", {0.25, 0.75}}},
                                                  {{"layer", 1}, {"module", "q_proj"}, {"load", {0.5, 0.5}}}}}}));
        if (step % 100 == 0)
            HILO_CHECK(writeCheckpoint(run, events, step));
        HILO_TRY(const bool stop, obey(run, events, step));
        if (stop)
            return {};
        sleepFor(10);
    }
    HILO_CHECK(events.write("evaluation", {{"step", steps},
                                           {"split", "test"},
                                           {"protocol", "label-logit"},
                                           {"accuracy", 0.8},
                                           {"interval", {0.75, 0.85}},
                                           {"correct", 80},
                                           {"total", 100},
                                           {"unparsable", 0}}));
    return events.write("finished", {{"accuracy", 0.8},
                                     {"trainable_parameters", 1000},
                                     {"active_parameters", 500},
                                     {"seconds", 4.0},
                                     {"peak_memory_bytes", 1 << 28}});
}

void printGarbage(const fs::path& run)
{
    std::string garbage;
    for (int i = 0; i < 20000; ++i)
        garbage += static_cast<char>(i * 7919 % 256);
    std::fwrite(garbage.data(), 1, garbage.size(), stdout);
    std::printf("\nTraceback: the garbage ends here <b>& there</b>\n");
    std::fflush(stdout);
    std::ofstream log(run / "events.ndjson", std::ios::app | std::ios::binary);
    log << garbage
        << "\n{\"event\": 3}\n[]\n{\"event\":\"step\",\"step\":\"many\",\"loss\":{}}\n{\"event\":\"step\",\"ste";
}

/// As any program ends that gets no memory, also one with a sanitizer, whose own allocator knows no limit.
[[noreturn]] void exhaustMemory()
{
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    throw std::bad_alloc();
}

Status train(const fs::path& run)
{
    HILO_TRY(const auto lock, lockRunForTraining(run));
    HILO_TRY(const Json spec, readJsonFile(run / "run.json"));
    const std::string name = spec.value("name", std::string());
    HILO_TRY(EventWriter events, EventWriter::open(run / "events.ndjson"));
    const int from = static_cast<int>(std::max<std::int64_t>(0, newestCheckpointStep(run)));
    std::printf("[train] [info] begins at step %d\n[train] [warning] 3 rows longer than 256 tokens cut\n", from);
    std::fflush(stdout);
    HILO_CHECK(events.write("started", {{"step", from}, {"steps", steps}, {"resumed", from > 0}}));
    if (name.starts_with("good"))
        return trainWell(run, events, from);
    for (int step = from + 1; step <= from + 5; ++step)
        HILO_CHECK(writeStep(events, step));
    if (name.starts_with("killed")) {
        std::printf("[train] [info] the last words\n");
        std::fflush(stdout);
        raise(SIGKILL);
    }
    if (name.starts_with("hanging")) {
        for (const int signal : {SIGTERM, SIGINT, SIGHUP})
            std::signal(signal, SIG_IGN);
        for (;;)
            sleepFor(1000);
    }
    if (name.starts_with("garbage")) {
        printGarbage(run);
        std::exit(1);
    }
    if (name.starts_with("memory"))
        exhaustMemory();
    const Error error =
        badInput("data.jsonl", "line 3", "The column \"answer\" is missing.", "Map it on the page Data.");
    HILO_CHECK(events.write("failed", {{"code", static_cast<int>(error.code)},
                                       {"message", error.message},
                                       {"hint", error.hint},
                                       {"file", error.file},
                                       {"place", error.place}}));
    return failure(error);
}

Status work(const fs::path& folder)
{
    HILO_TRY(const Project project, Project::open(folder));
    HILO_TRY(RunStore store, RunStore::open(project));
    WorkOptions options;
    options.poll = std::chrono::milliseconds(50);
    options.minimumFreeBytes = 0;
    options.say = [](const std::string& text) {
        std::printf("%s\n", text.c_str());
        std::fflush(stdout);
    };
    return Worker(store, options).work();
}

} // namespace

int main(int count, char** words)
{
    const std::string command = count > 1 ? words[1] : "";
    if (command == "work" && count > 2)
        end(work(words[2]));
    if (command == "resume" && count > 2)
        end(train(words[2]));
    if (command == "train" && count > 5)
        end(train(fs::path(words[3]) / "runs" / words[5]));
    std::fprintf(stderr, "error: the stand-in knows work, train and resume\n");
    return 2;
}
