// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text_table.h"
#include "console.h"
#include "project_commands.h"

#include "index/run_reader.h"
#include "queue/run_control.h"
#include "queue/run_queue.h"
#include "queue/slurm_worker.h"

namespace hilo::cli {
namespace {

struct QueueOptions
{
    std::string folder, before;
    std::vector<std::string> ids;
    bool first = false, remove = false;
    int attempts = 3, devices = 0;
};

Status printQueue(Console& console, Database& database)
{
    HILO_TRY(const std::vector<QueuedRun> queue, queuedRuns(database));
    Json list = Json::array();
    std::vector<std::vector<std::string>> table{{"run", "state", "device", "attempts"}};
    for (const QueuedRun& run : queue) {
        list.push_back({{"run", run.id},
                        {"state", run.state},
                        {"device", run.device},
                        {"devices", run.devices},
                        {"attempts", run.ticket.attempts},
                        {"maximum_attempts", run.ticket.maximumAttempts}});
        table.push_back({run.id, run.state,
                         run.devices > 1 ? std::to_string(run.devices) + " x " + run.device : run.device,
                         std::to_string(run.ticket.attempts) + " of " + std::to_string(run.ticket.maximumAttempts)});
    }
    console.printJson({{"queue", list}});
    console.printLines(queue.empty() ? "The queue is empty." : alignedTable(table));
    return {};
}

/// All of them before the first is touched: a misspelt one must not leave half of the work done.
Status checkRuns(const Project& project, const std::vector<std::string>& ids)
{
    for (const std::string& id : ids) {
        HILO_TRY([[maybe_unused]] const auto exists, project.runFolder(id));
    }
    return {};
}

Status changeQueue(Console& console, const QueueOptions& options)
{
    const bool changes = options.first || options.remove || !options.before.empty() || options.devices > 0;
    if (options.ids.empty() && changes)
        return failure(wrongUsage("expected the ids of runs", "hilo project queue DIR shows the queue"));
    HILO_TRY(const Project project, Project::open(options.folder));
    if (options.ids.empty()) {
        HILO_TRY(RunReader reader, openReader(project, console));
        return printQueue(console, reader.database());
    }
    HILO_CHECK(checkRuns(project, options.ids));
    HILO_TRY(RunStore store, openScannedStore(options.folder, console));
    QueuePlace place;
    place.before = options.before;
    if (!options.before.empty())
        place.kind = QueuePlace::Kind::Before;
    else if (options.first)
        place.kind = QueuePlace::Kind::First;
    std::vector<std::string> ids = options.ids;
    // One by one to the front turns the order around.
    if (place.kind == QueuePlace::Kind::First)
        std::reverse(ids.begin(), ids.end());
    for (const std::string& id : ids) {
        HILO_CHECK(options.remove ? dequeue(store, id) : enqueue(store, id, options.attempts, place, options.devices));
        if (options.remove)
            HILO_CHECK(cancelWaitingJob(project.runsFolder() / id));
    }
    return printQueue(console, store.database());
}

void addQueue(CLI::App& project, const std::function<void(Work)>& chosen)
{
    CLI::App* command = project.add_subcommand("queue", "put runs into the queue, move or remove them, or show it");
    const auto options = std::make_shared<QueueOptions>();
    command->add_option("DIR", options->folder, "project folder")->required();
    command->add_option("ID", options->ids, "runs to queue, in this order");
    auto* first = command->add_flag("--first", options->first, "at the front instead of the end");
    auto* before = command->add_option("--before", options->before, "before this queued run")->excludes(first);
    command->add_flag("--remove", options->remove, "take them out; a run that runs goes on")
        ->excludes(first)
        ->excludes(before);
    command
        ->add_option("--attempts", options->attempts,
                     "starts without a new checkpoint, after crashes, before the queue gives up")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    addDevicesPerRun(*command, options->devices)->excludes("--remove");
    command->callback([=] { chosen([options](Console& console) { return changeQueue(console, *options); }); });
}

/// Ended without a result, and not in the queue.
bool canBeRetried(const RunSummary& run)
{
    return !run.queuePosition && (run.state == "failed" || run.state == "interrupted" || run.state == "stopped");
}

Status retry(Console& console, const QueueOptions& options)
{
    HILO_TRY(RunStore store, openScannedStore(options.folder, console));
    HILO_CHECK(checkRuns(store.project(), options.ids));
    std::vector<std::string> ids = options.ids;
    if (ids.empty()) {
        HILO_TRY(RunReader reader, RunReader::open(store.project()));
        HILO_TRY(const std::vector<RunSummary> runs, reader.runs());
        for (const RunSummary& run : runs)
            if (canBeRetried(run))
                ids.push_back(run.id);
    }
    for (const std::string& id : ids)
        HILO_CHECK(enqueue(store, id, options.attempts, {}, options.devices));
    return printQueue(console, store.database());
}

void addRetry(CLI::App& project, const std::function<void(Work)>& chosen)
{
    CLI::App* command = project.add_subcommand(
        "retry", "queue runs that failed, were stopped or interrupted; they go on from their last checkpoint");
    const auto options = std::make_shared<QueueOptions>();
    command->add_option("DIR", options->folder, "project folder")->required();
    command->add_option("ID", options->ids, "the runs; all such runs by default");
    command->add_option("--attempts", options->attempts, "as for queue")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    addDevicesPerRun(*command, options->devices);
    command->callback([=] { chosen([options](Console& console) { return retry(console, *options); }); });
}

struct ControlOptions
{
    std::string folder, word;
    std::vector<std::string> ids;
    bool wait = false;
    int patience = 120;
};

Status control(Console& console, const ControlOptions& options)
{
    HILO_TRY(const ControlWord word, controlWordOf(options.word));
    if (options.wait && word != ControlWord::Stop)
        return failure(
            wrongUsage("--wait is for stop only", "\"hilo project list DIR\" shows what became of the others"));
    HILO_TRY(RunStore store, openStore(options.folder));
    HILO_CHECK(checkRuns(store.project(), options.ids));
    StopOptions stop;
    stop.patience = std::chrono::seconds(options.patience);
    stop.say = [&console](const std::string& text) { console.print(text); };
    for (const std::string& id : options.ids) {
        HILO_CHECK(options.wait ? stopRun(store, id, stop, console.progress()) : controlRun(store, id, word));
        console.print(id + ": " + options.word + (options.wait ? " done" : " asked for"));
    }
    console.printJson({{"word", options.word}, {"runs", options.ids}});
    return {};
}

void addControl(CLI::App& project, const std::function<void(Work)>& chosen)
{
    CLI::App* command = project.add_subcommand("control", "pause, resume, stop or checkpoint runs now");
    const auto options = std::make_shared<ControlOptions>();
    command->add_option("DIR", options->folder, "project folder")->required();
    command->add_option("WORD", options->word, "pause, resume, stop or checkpoint")
        ->required()
        ->check(CLI::IsMember({"pause", "resume", "stop", "checkpoint"}));
    command->add_option("ID", options->ids, "the runs")->required();
    command->add_flag("--wait", options->wait,
                      "stop: wait until the process is gone; one that does not listen gets SIGTERM, then SIGKILL");
    command->add_option("--patience", options->patience, "seconds before SIGTERM")
        ->check(CLI::Range(0, 86400))
        ->capture_default_str();
    command->callback([=] { chosen([options](Console& console) { return control(console, *options); }); });
}

} // namespace

CLI::Option* addDevicesPerRun(CLI::App& command, int& devices)
{
    return command
        .add_option("--devices-per-run", devices,
                    "devices that each run trains on at once, a process each; by default as many as it was begun on, "
                    "else one")
        ->check(CLI::Range(1, 1024));
}

void addProjectQueueCommands(CLI::App& project, const std::function<void(Work)>& chosen)
{
    addQueue(project, chosen);
    addRetry(project, chosen);
    addControl(project, chosen);
}

} // namespace hilo::cli
