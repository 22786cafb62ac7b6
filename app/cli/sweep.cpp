// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/counted.h"
#include "command.h"
#include "console.h"
#include "profile_files.h"

#include "allocation/budget.h"
#include "allocation/map_operations.h"
#include "allocation/parameters.h"
#include "base/atomic_file.h"
#include "base/text_table.h"
#include "compare/compare_table.h"
#include "compare/sweep_report.h"
#include "engine/base/devices.h"
#include "formats/model_source.h"
#include "queue/only_worker.h"
#include "queue/run_queue.h"
#include "study/asked_strategy.h"

#include <filesystem>

namespace hilo::cli {
namespace {

struct SweepOptions
{
    std::string folder, name, run, schedules, budget, equal = "parameters", plot;
    std::vector<std::string> strategies, profiles;
    std::vector<std::int64_t> seeds = {1, 2, 3};
    bool work = false, csv = false;
};

/// Every schedule of experts with every schedule of ranks.
std::vector<AskedStrategy> crossed(const std::string& schedules)
{
    std::vector<AskedStrategy> all;
    const std::vector<std::string> names = splitList(schedules);
    for (const std::string& experts : names)
        for (const std::string& ranks : names)
            all.push_back({{}, "hilo", {{"experts", experts}, {"ranks", ranks}}});
    return all;
}

Status makeSweep(const SweepOptions& options, const Project& project, Console& console)
{
    std::vector<AskedStrategy> asked = crossed(options.schedules);
    for (const std::string& text : options.strategies) {
        HILO_TRY(AskedStrategy one, AskedStrategy::parse(text));
        asked.push_back(std::move(one));
    }
    if (asked.empty())
        return failure(wrongUsage("nothing to compare", "give --strategy, several times, or --schedules"));
    HILO_TRY(const RunSpec spec, readRunSpec(options.run));
    HILO_TRY(const ModelSource model, openModel(spec.modelPath));
    HILO_TRY(const auto profiles, readProfiles(options.profiles, model, console.progress()));
    std::optional<std::int64_t> budget;
    if (!options.budget.empty()) {
        HILO_TRY(budget, parseBudget(options.budget, model.config));
    } else {
        HILO_TRY(const AllocationMap first, mapOf(asked.front(), model.config, profiles, {}));
        budget = countParameters(first, model.config).trainable();
    }
    // A project that was never worked in may lack the folder.
    std::error_code code;
    std::filesystem::create_directories(project.runsFolder(), code);
    HILO_TRY(RunStore store, RunStore::open(project));
    std::vector<std::string> kinds = {options.equal};
    if (options.equal == "both")
        kinds = {"parameters", "total-rank"};
    Json made = Json::array();
    for (const std::string& kind : kinds) {
        std::vector<AllocationMap> maps;
        Json notes = Json::object();
        for (const AskedStrategy& one : asked) {
            HILO_TRY(AllocationMap map, mapOf(one, model.config, profiles, budget));
            for (const std::string& note : map.notes)
                console.print("Note on " + map.name + ": " + note);
            notes[map.name] = map.notes;
            maps.push_back(std::move(map));
        }
        if (kind == "total-rank")
            for (std::size_t index = 1; index < maps.size(); ++index) {
                const std::string label = maps[index].name;
                HILO_TRY(maps[index], scaleToTotalRank(maps[index], model.config, totalRank(maps.front())));
                maps[index].name = label;
            }
        const std::string name = kinds.size() > 1 ? options.name + "-" + kind : options.name;
        HILO_TRY(const Sweep sweep, hilo::addSweep(project, spec, model.config, name, kind, maps, options.seeds));
        HILO_TRY([[maybe_unused]] const ScanReport scanned, store.scan(console.progress()));
        for (const SweepEntry& entry : sweep.entries)
            for (const auto& [seed, id] : entry.runs)
                HILO_CHECK(enqueue(store, id));
        made.push_back({{"name", name}, {"runs", sweep.entries.size() * options.seeds.size()}, {"notes", notes}});
        console.print("Queued " +
                      counted(static_cast<std::int64_t>(sweep.entries.size() * options.seeds.size()), "run") +
                      " of sweep " + name);
    }
    if (!options.work) {
        console.printJson({{"sweeps", std::move(made)}});
        console.print("Train them with: hilo work " + options.folder);
        return {};
    }
    WorkOptions work;
    work.devices = ownDevices();
    work.say = [&console](const std::string& text) { console.print(text); };
    work.stop = console.cancelFlag();
    return workAlone(store, work);
}

Status showSweep(const SweepOptions& options, const Project& project, Console& console)
{
    {
        HILO_TRY(RunStore store, RunStore::open(project));
        HILO_TRY([[maybe_unused]] const ScanReport scanned, store.scan(console.progress()));
    }
    HILO_TRY(const Sweep sweep, readSweep(project, options.name));
    HILO_TRY(RunReader reader, RunReader::open(project));
    HILO_TRY(const std::vector<SweepResult> results, summarise(sweep, reader));
    if (!options.plot.empty())
        HILO_CHECK(writeFileAtomically(options.plot, svgOf(sweep, results)));
    console.printJson(toJson(sweep, results));
    if (options.csv) {
        console.stream(csvOf(tableRows(results)));
        return {};
    }
    console.printLines(alignedTable(tableRows(results)));
    console.print("Equal " + sweep.equal + "; differences are from " + sweep.entries.front().label +
                  ", seed by seed, with Student's t. An interval that holds 0 shows no difference.");
    return {};
}

} // namespace

void addSweep(CLI::App& app, std::function<void(Work)> chosen)
{
    CLI::App* command = app.add_subcommand(
        "sweep", "compare allocations at equal parameters or equal total rank, over seeds, with intervals");
    const auto options = std::make_shared<SweepOptions>();
    command->add_option("DIR", options->folder, "project folder")->required();
    command->add_option("--name", options->name, "name of the sweep")->required();
    command->add_option("--run", options->run,
                        "run spec whose map and seed are replaced; without it: show the results");
    command
        ->add_option("--strategy", options->strategies,
                     "NAME or NAME:key=value;key=value; may be repeated. The first is what others are compared with")
        ->allow_extra_args(false);
    command->add_option("--schedules", options->schedules,
                        "experts x ranks of these depth schedules, with commas between: 2468,5555,8642,2882");
    command->add_option("--seeds", options->seeds, "")->delimiter(',')->capture_default_str();
    command->add_option("--equal", options->equal, "what all maps are scaled to have in common")
        ->check(CLI::IsMember({"parameters", "total-rank", "both"}))
        ->capture_default_str();
    command->add_option("--budget", options->budget,
                        "trainable parameters: 1500000, 1.5M, 600MiB, same:MAP.json; without it those of the first");
    command->add_option("--profile", options->profiles, "complexity profile")->allow_extra_args(false);
    command->add_flag("--work", options->work, "train the queue at once");
    command->add_flag("--csv", options->csv, "results as CSV on standard output");
    command->add_option("--plot", options->plot, "write the results as SVG");
    command->callback([=] {
        chosen([options](Console& console) -> Status {
            HILO_TRY(const Project project, Project::open(options->folder));
            return options->run.empty() ? showSweep(*options, project, console) : makeSweep(*options, project, console);
        });
    });
}

} // namespace hilo::cli
