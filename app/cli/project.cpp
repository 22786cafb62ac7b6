// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "console.h"
#include "numbers.h"

#include "project/run_queue.h"
#include "project/worker.h"

namespace hilo::cli {
namespace {

struct Options
{
    std::string folder, name, spec, id;
    std::vector<std::string> ids, devices = {"cpu"};
    std::int64_t seed = -1;
    bool forgetMissing = false, keepWaiting = false;
};

void addNew(CLI::App& parent, const std::shared_ptr<Options>& options, const std::function<void(Work)>& chosen)
{
    CLI::App* command = parent.add_subcommand("new", "make a project folder");
    command->add_option("DIR", options->folder, "new folder")->required();
    command->add_option("--name", options->name, "shown name; the folder's by default");
    command->callback([=] {
        chosen([options](Console& console) -> Status {
            HILO_TRY(const Project project, Project::create(options->folder, options->name));
            console.printJson({{"project", project.folder().string()}, {"name", project.name()}});
            console.print("Made " + project.folder().string());
            return {};
        });
    });
}

void addAddRun(CLI::App& parent, const std::shared_ptr<Options>& options, const std::function<void(Work)>& chosen)
{
    CLI::App* command = parent.add_subcommand("add-run", "add a run from a run spec");
    command->add_option("DIR", options->folder, "project folder")->required();
    command->add_option("RUN", options->spec, "run spec (hilo.run/1)")->required();
    command->add_option("--id", options->id, "the run's id; made from its name by default");
    command->add_option("--seed", options->seed, "replaces training.seed")->check(CLI::NonNegativeNumber);
    command->callback([=] {
        chosen([options](Console& console) -> Status {
            HILO_TRY(const Project project, Project::open(options->folder));
            const auto id = options->id.empty() ? std::nullopt : std::optional(options->id);
            const auto seed = options->seed < 0 ? std::nullopt : std::optional(options->seed);
            HILO_TRY(const std::string added, project.addRun(options->spec, id, seed));
            console.printJson({{"run", added}});
            console.print("Added " + added + "; queue it with: hilo project queue " + options->folder + " " + added);
            return {};
        });
    });
}

void addQueue(CLI::App& parent, const std::shared_ptr<Options>& options, const std::function<void(Work)>& chosen)
{
    CLI::App* command = parent.add_subcommand("queue", "put runs at the queue's end, or show the queue");
    command->add_option("DIR", options->folder, "project folder")->required();
    command->add_option("ID", options->ids, "runs to queue");
    command->callback([=] {
        chosen([options](Console& console) -> Status {
            HILO_TRY(const Project project, Project::open(options->folder));
            HILO_TRY(RunStore store, RunStore::open(project));
            HILO_TRY([[maybe_unused]] const ScanReport scanned, store.scan(console.progress()));
            for (const std::string& id : options->ids)
                HILO_CHECK(enqueue(store, id));
            HILO_TRY(const std::vector<QueuedRun> queue, queuedRuns(store.database()));
            Json list = Json::array();
            for (const QueuedRun& run : queue) {
                list.push_back({{"run", run.id}, {"attempts", run.ticket.attempts}});
                console.print(run.id);
            }
            console.printJson({{"queue", list}});
            return {};
        });
    });
}

void addReindex(CLI::App& parent, const std::shared_ptr<Options>& options, const std::function<void(Work)>& chosen)
{
    CLI::App* command = parent.add_subcommand("reindex", "make the database again from the run folders");
    command->add_option("DIR", options->folder, "project folder")->required();
    command->add_flag("--forget-missing", options->forgetMissing, "also forget runs whose folder is gone");
    command->callback([=] {
        chosen([options](Console& console) -> Status {
            HILO_TRY(const Project project, Project::open(options->folder));
            HILO_TRY(RunStore store, RunStore::open(project));
            HILO_TRY(const ScanReport report, store.reindex(options->forgetMissing, console.progress()));
            console.printJson({{"runs", report.runs}, {"events", report.events}, {"missing", report.missing}});
            console.print(withSeparators(report.runs) + " runs, " + withSeparators(report.events) + " events");
            for (const std::string& id : report.missing)
                console.print("The folder of " + id + " is gone.");
            return {};
        });
    });
}

} // namespace

void addProject(CLI::App& app, std::function<void(Work)> chosen)
{
    CLI::App* command = app.add_subcommand("project", "projects: folders of maps, profiles and runs");
    command->require_subcommand(1);
    const auto options = std::make_shared<Options>();
    addNew(*command, options, chosen);
    addAddRun(*command, options, chosen);
    addQueue(*command, options, chosen);
    addReindex(*command, options, chosen);
}

void addWork(CLI::App& app, std::function<void(Work)> chosen)
{
    CLI::App* command = app.add_subcommand("work", "train a project's queued runs, one at a time on each device");
    const auto options = std::make_shared<Options>();
    command->add_option("DIR", options->folder, "project folder")->required();
    command->add_option("--devices", options->devices, "")->delimiter(',')->capture_default_str();
    command->add_flag("--wait", options->keepWaiting, "do not end when the queue is empty");
    command->callback([=] {
        chosen([options](Console& console) -> Status {
            HILO_TRY(const Project project, Project::open(options->folder));
            HILO_TRY(RunStore store, RunStore::open(project));
            WorkOptions work;
            work.devices = options->devices;
            work.untilEmpty = !options->keepWaiting;
            work.say = [&console](const std::string& text) { console.print(text); };
            work.stop = console.cancelFlag();
            return Worker(store, work).work();
        });
    });
}

} // namespace hilo::cli
