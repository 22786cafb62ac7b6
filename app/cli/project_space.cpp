// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text_table.h"
#include "checks.h"
#include "console.h"
#include "index/run_archive.h"
#include "numbers.h"
#include "project_commands.h"

#include "project/archive.h"
#include "project/space.h"

#include <algorithm>

namespace hilo::cli {
namespace {

struct SpaceOptions
{
    std::string folder, id;
    std::vector<std::string> ids;
    std::size_t keep = 1;
    std::int64_t step = 0;
    bool onlyAsk = false, unpin = false;
};
using SharedSpaceOptions = std::shared_ptr<SpaceOptions>;

Status showSpace(Console& console, const SpaceOptions& options)
{
    HILO_TRY(const Project project, Project::open(options.folder));
    HILO_TRY(const std::vector<RunSpace> runs, spaceOfRuns(project, options.keep, console.progress()));
    Json list = Json::array();
    std::vector<std::vector<std::string>> table{
        {"run", "size", "checkpoints", "of them prunable", "adapter", "events", ""}};
    RunSpace sum;
    for (const RunSpace& run : runs) {
        list.push_back({{"run", run.id},
                        {"bytes", run.total},
                        {"checkpoint_bytes", run.checkpoints},
                        {"checkpoints", run.checkpointCount},
                        {"prunable_bytes", run.prunable},
                        {"adapter_bytes", run.adapter},
                        {"event_bytes", run.events},
                        {"archived", run.archived}});
        table.push_back({run.id, bytes(run.total), bytes(run.checkpoints), bytes(run.prunable), bytes(run.adapter),
                         bytes(run.events), run.archived ? "archived" : ""});
        sum.total += run.total;
        sum.prunable += run.prunable;
    }
    console.printJson({{"runs", list}, {"bytes", sum.total}, {"prunable_bytes", sum.prunable}});
    console.printLines(runs.empty() ? "No runs." : alignedTable(table));
    console.print(bytes(sum.total) + " in all; \"hilo project prune " + options.folder + "\" would free " +
                  bytes(sum.prunable) + ".");
    return {};
}

Status prune(Console& console, const SpaceOptions& options)
{
    HILO_TRY(RunStore store, openStore(options.folder));
    std::vector<std::string> ids = options.ids;
    if (ids.empty()) {
        HILO_TRY(ids, store.project().runIds());
    }
    Json list = Json::array();
    std::uint64_t freed = 0;
    for (const std::string& id : ids) {
        const auto pruned = pruneRun(store.project(), id, options.keep, options.onlyAsk, console.progress());
        // Without ids, a run that is worked on is left alone.
        if (!pruned && options.ids.empty() && pruned.error().code == ErrorCode::BadInput) {
            console.print(id + " is left alone: " + pruned.error().message);
            continue;
        }
        HILO_CHECK(pruned);
        Json steps = Json::array();
        for (const Checkpoint& checkpoint : pruned->removed) {
            steps.push_back(checkpoint.step);
            console.print(id + ": step " + withSeparators(checkpoint.step) + ", " + bytes(checkpoint.bytes));
        }
        freed += pruned->bytes;
        list.push_back({{"run", id}, {"steps", steps}, {"bytes", pruned->bytes}});
    }
    console.printJson({{"removed", !options.onlyAsk}, {"runs", list}, {"bytes", freed}});
    console.print((options.onlyAsk ? "Would free " : "Freed ") + bytes(freed));
    return {};
}

Status pin(Console& console, const SpaceOptions& options)
{
    HILO_TRY(const Project project, Project::open(options.folder));
    HILO_TRY(const std::filesystem::path folder, project.runFolder(options.id));
    HILO_CHECK(pinStep(folder, options.step, !options.unpin));
    console.printJson({{"run", options.id}, {"step", options.step}, {"pinned", !options.unpin}});
    console.print(options.id + ": the checkpoint of step " + withSeparators(options.step) +
                  (options.unpin ? " may be pruned again." : " is never pruned."));
    return {};
}

Status moveRuns(Console& console, const SpaceOptions& options, bool intoArchive)
{
    HILO_TRY(RunStore store, openStore(options.folder));
    for (const std::string& id : options.ids) {
        HILO_CHECK(intoArchive ? archiveRun(store, id, console.progress()) : restoreRun(store, id, console.progress()));
        HILO_TRY(const std::filesystem::path folder, store.project().pathOfRun(id));
        console.print(
            (intoArchive ? "Archived " + archiveFile(store.project(), id).string() : "Restored " + folder.string()));
    }
    console.printJson({{intoArchive ? "archived" : "restored", options.ids}});
    return {};
}

CLI::App* addCommand(CLI::App& project, const SharedSpaceOptions& options, const char* name, const char* description)
{
    CLI::App* command = project.add_subcommand(name, description);
    command->add_option("DIR", options->folder, "project folder")->required();
    return command;
}

void addKeep(CLI::App* command, const SharedSpaceOptions& options)
{
    command->add_option("--keep", options->keep, "newest valid checkpoints of each run that stay")
        ->check(CLI::Range(1, 1000000))
        ->capture_default_str();
}

} // namespace

void addProjectSpaceCommands(CLI::App& project, const std::function<void(Work)>& chosen)
{
    const auto options = std::make_shared<SpaceOptions>();
    CLI::App* command = addCommand(project, options, "space", "what the runs take on the disk");
    addKeep(command, options);
    command->callback([=] { chosen([options](Console& console) { return showSpace(console, *options); }); });

    command = addCommand(project, options, "prune", "remove old checkpoints, never the last valid or a pinned one");
    command->add_option("ID", options->ids, "the runs; all by default");
    addKeep(command, options);
    command->add_flag("--dry-run", options->onlyAsk, "only say what would go");
    command->callback([=] { chosen([options](Console& console) { return prune(console, *options); }); });

    command = addCommand(project, options, "pin", "keep a checkpoint from being pruned");
    command->add_option("ID", options->id, "the run")->required();
    command->add_option("STEP", options->step, "the checkpoint's step")->required()->check(notNegative);
    command->add_flag("--remove", options->unpin, "allow it again");
    command->callback([=] { chosen([options](Console& console) { return pin(console, *options); }); });

    command = addCommand(project, options, "archive", "pack runs into one file each; the comparison keeps them");
    command->add_option("ID", options->ids, "the runs")->required();
    command->callback([=] { chosen([options](Console& console) { return moveRuns(console, *options, true); }); });

    command = addCommand(project, options, "restore", "unpack archived runs into their folders");
    command->add_option("ID", options->ids, "the runs")->required();
    command->callback([=] { chosen([options](Console& console) { return moveRuns(console, *options, false); }); });
}

} // namespace hilo::cli
