// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks.h"
#include "console.h"
#include "project_commands.h"

#include "hub/local_place.h"
#include "queue/run_queue.h"
#include "run/run_spec.h"

namespace hilo::cli {
namespace {

void addNew(CLI::App& parent, const std::function<void(Work)>& chosen)
{
    CLI::App* command = parent.add_subcommand("new", "make a project folder");
    struct Options
    {
        std::string folder, name;
    };
    const auto options = std::make_shared<Options>();
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

struct AddRunOptions
{
    std::string folder, spec, id;
    std::vector<std::int64_t> seeds;
    std::vector<std::string> settings;
    bool queue = false;
    int devices = 0;
};

Result<std::vector<SettingChange>> changesOf(const std::vector<std::string>& settings)
{
    std::vector<SettingChange> changes;
    for (const std::string& setting : settings) {
        const auto equals = setting.find('=');
        if (equals == std::string::npos || equals == 0)
            return failure(wrongUsage("--set expects KEY=VALUE, not \"" + setting + "\"",
                                      "for example --set training.learning_rate=0.0003"));
        changes.push_back({setting.substr(0, equals), setting.substr(equals + 1)});
    }
    return changes;
}

struct AbsentFile
{
    std::string path, hint;
};

/// The model and data of a run that are not there: better said now than in the middle of the night.
Result<std::vector<AbsentFile>> absentFiles(const Project& project, const std::string& id)
{
    HILO_TRY(const std::filesystem::path folder, project.runFolder(id));
    HILO_TRY(const RunSpec spec, readRunSpec(folder / "run.json"));
    std::vector<AbsentFile> absent;
    const auto look = [&absent](const std::string& path, RepositoryKind kind) {
        const auto place = localPlace(path, kind);
        std::error_code code;
        if (!path.empty() && !(place && std::filesystem::exists(*place, code)))
            absent.push_back({path, place ? fetchInstead(path, kind) : place.error().hint});
    };
    look(spec.modelPath, RepositoryKind::Model);
    for (const TaskSpec& task : spec.tasks)
        look(task.data.path, RepositoryKind::Dataset);
    return absent;
}

Status addRuns(Console& console, const AddRunOptions& options)
{
    HILO_TRY(const Project project, Project::open(options.folder));
    HILO_TRY(const std::vector<SettingChange> changes, changesOf(options.settings));
    const auto id = options.id.empty() ? std::nullopt : std::optional(options.id);
    std::vector<std::string> added;
    if (options.seeds.empty()) {
        HILO_TRY(added.emplace_back(), project.addRun(options.spec, id, {}, changes));
    }
    for (const std::int64_t seed : options.seeds) {
        // One id for several seeds: each gets its own end.
        const auto seedId = id && options.seeds.size() > 1 ? std::optional(*id + "-seed" + std::to_string(seed)) : id;
        HILO_TRY(added.emplace_back(), project.addRun(options.spec, seedId, seed, changes));
    }
    HILO_TRY(const std::vector<AbsentFile> absent, absentFiles(project, added.front()));
    std::vector<std::string> absentPaths;
    for (const AbsentFile& file : absent)
        absentPaths.push_back(file.path);
    if (options.queue) {
        HILO_TRY(RunStore store, openStore(options.folder));
        for (const std::string& run : added)
            HILO_CHECK(enqueue(store, run, 3, {}, options.devices));
    }
    console.printJson({{"run", added.front()}, {"runs", added}, {"queued", options.queue}, {"absent", absentPaths}});
    for (const std::string& run : added)
        console.print(options.queue
                          ? "Added and queued " + run
                          : "Added " + run + "; queue it with: hilo project queue " + options.folder + " " + run);
    for (const AbsentFile& file : absent)
        console.print("Note that " + file.path + " is not there: the run fails unless it is when the run starts." +
                      (file.hint.empty() ? "" : " " + file.hint));
    return {};
}

void addAddRun(CLI::App& parent, const std::function<void(Work)>& chosen)
{
    CLI::App* command = parent.add_subcommand("add-run", "add a run from a run spec, or from another run's run.json");
    const auto options = std::make_shared<AddRunOptions>();
    command->add_option("DIR", options->folder, "project folder")->required();
    command->add_option("RUN", options->spec, "run spec (hilo.run/1)")->required();
    command->add_option("--id", options->id, "the run's id; made from its name by default");
    command->add_option("--seeds,--seed", options->seeds, "one run for each of these values of training.seed")
        ->delimiter(',')
        ->check(notNegative);
    command->add_option("--set", options->settings, "KEY=VALUE: another value of a setting, may be given again")
        ->allow_extra_args(false);
    auto* queue = command->add_flag("--queue", options->queue, "put it at the queue's end, too");
    addDevicesPerRun(*command, options->devices)->needs(queue);
    command->callback([=] { chosen([options](Console& console) { return addRuns(console, *options); }); });
}

} // namespace

void addProject(CLI::App& app, std::function<void(Work)> chosen)
{
    CLI::App* command = app.add_subcommand("project", "projects: folders of maps, profiles and runs");
    command->require_subcommand(1);
    addNew(*command, chosen);
    addAddRun(*command, chosen);
    addProjectListCommands(*command, chosen);
    addProjectQueueCommands(*command, chosen);
    addProjectCareCommands(*command, chosen);
    addProjectSpaceCommands(*command, chosen);
}

} // namespace hilo::cli
