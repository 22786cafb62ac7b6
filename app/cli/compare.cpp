// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "console.h"
#include "plot_file.h"
#include "project_commands.h"

#include "base/text_format.h"
#include "base/text_table.h"
#include "compare/compare.h"
#include "compare/compare_svg.h"
#include "compare/compare_table.h"
#include "compare/map_difference.h"
#include "index/run_store.h"

namespace hilo::cli {
namespace {

struct Arguments
{
    std::string project, filter, plot, cost = "trainable";
    CompareOptions compare;
    bool csv = false, keys = false, onlyFront = false;
    std::vector<std::string> differences, paired, maps;
};

void printTable(Console& console, const Arguments& options, const TextRows& table)
{
    if (options.csv)
        console.stream(csvOf(table));
    else
        console.printLines(alignedTable(table));
}

Status printKeys(Console& console, RunReader& reader)
{
    HILO_TRY(const std::vector<std::string> keys, reader.keys());
    console.printJson(keys);
    for (const std::string& key : keys)
        console.print(key);
    return {};
}

Status printDifferences(Console& console, const Arguments& options, RunReader& reader)
{
    HILO_TRY(const std::vector<SettingDifference> differences, differingSettings(reader, options.differences));
    TextRows table{{"setting"}};
    table.front().insert(table.front().end(), options.differences.begin(), options.differences.end());
    Json list = Json::array();
    for (const SettingDifference& difference : differences) {
        table.push_back({difference.key});
        table.back().insert(table.back().end(), difference.values.begin(), difference.values.end());
        list.push_back({{"key", difference.key}, {"values", difference.values}});
    }
    console.printJson({{"runs", options.differences}, {"differences", list}});
    if (differences.empty() && !options.csv)
        console.print("The settings are the same.");
    else
        printTable(console, options, table);
    return {};
}

Status printPaired(Console& console, const Arguments& options, RunReader& reader)
{
    HILO_TRY(const PairedDifference paired, pairedDifference(reader, options.paired[0], options.paired[1]));
    const MeanInterval& summary = paired.summary;
    const auto points = [](double share) { return printed("%+.2f", share * 100); };
    TextRows table{{"seed", "difference in points"}};
    for (std::size_t i = 0; i < paired.seeds.size(); ++i)
        table.push_back({std::to_string(paired.seeds[i]), points(paired.differences[i])});
    const auto optional = [](const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); };
    console.printJson({{"first", options.paired[0]},
                       {"second", options.paired[1]},
                       {"seeds", paired.seeds},
                       {"differences", paired.differences},
                       {"mean", summary.mean},
                       {"standard_deviation", optional(summary.deviation)},
                       {"interval", summary.low ? Json::array({*summary.low, *summary.high}) : Json(nullptr)}});
    printTable(console, options, table);
    if (!options.csv)
        console.print("Accuracy of " + options.paired[0] + " minus " + options.paired[1] + ": " + points(summary.mean) +
                      " points" +
                      (summary.low ? " (" + points(*summary.low) + " to " + points(*summary.high) + ", 95 %, " +
                                         std::to_string(summary.count) + " seeds)"
                                   : "; an interval needs two seeds or more"));
    return {};
}

Status printMaps(Console& console, const Arguments& options, const Project& project)
{
    std::vector<AllocationMap> maps;
    for (const std::string& id : options.maps) {
        HILO_TRY(const std::filesystem::path folder, project.runFolder(id));
        HILO_TRY(maps.emplace_back(), mapOfRun(folder));
    }
    TextRows table{{"layer", "module", options.maps[0], options.maps[1], "rank change"}};
    Json list = Json::array();
    const auto moduleJson = [](const std::optional<ModuleAllocation>& module) -> Json {
        if (!module)
            return nullptr;
        return {{"ranks", module->ranks}, {"top_k", module->topK}, {"alpha", module->alpha}};
    };
    for (const ModuleDifference& difference : mapDifference(maps[0], maps[1])) {
        const std::int64_t change = difference.rankChange();
        table.push_back({std::to_string(difference.layer), difference.module, describe(difference.first),
                         describe(difference.second), (change > 0 ? "+" : "") + std::to_string(change)});
        list.push_back({{"layer", difference.layer},
                        {"module", difference.module},
                        {"first", moduleJson(difference.first)},
                        {"second", moduleJson(difference.second)},
                        {"rank_change", change}});
    }
    console.printJson({{"first", options.maps[0]}, {"second", options.maps[1]}, {"modules", list}});
    if (table.size() == 1 && !options.csv)
        console.print("The maps are the same.");
    else
        printTable(console, options, table);
    return {};
}

Status printRuns(Console& console, const Arguments& options, RunReader& reader)
{
    HILO_TRY(std::vector<CompareRow> rows, compareRuns(reader, options.compare));
    // The drawing keeps the others: a front says little without them.
    if (!options.plot.empty())
        HILO_CHECK(writePlot(options.plot, svgOf(rows, options.compare.cost)));
    if (options.onlyFront)
        std::erase_if(rows, [](const CompareRow& row) { return !row.onFront; });
    console.printJson(jsonOf(rows, options.compare.columns));
    if (options.csv)
        console.stream(csvOf(rows, options.compare.columns));
    else if (rows.empty())
        console.print(options.filter.empty() ? "The project has no runs." : "No run passes the filter.");
    else
        console.printLines(tableOf(rows, options.compare.columns));
    return {};
}

Status compare(Console& console, Arguments& options)
{
    if (!options.plot.empty())
        HILO_CHECK(checkPlotName(options.plot));
    if (!options.differences.empty() && options.differences.size() < 2)
        return failure(wrongUsage("--differences expects two runs or more", "for example --differences a,b"));
    options.compare.cost = options.cost == "active" ? ParetoCost::Active : ParetoCost::Trainable;
    HILO_TRY(options.compare.filter, Filter::parse(options.filter));
    HILO_TRY(const Project project, Project::open(options.project));
    HILO_TRY(RunReader reader, openReader(project, console));
    if (options.keys)
        return printKeys(console, reader);
    if (!options.differences.empty())
        return printDifferences(console, options, reader);
    if (!options.paired.empty())
        return printPaired(console, options, reader);
    if (!options.maps.empty())
        return printMaps(console, options, project);
    return printRuns(console, options, reader);
}

} // namespace

void addCompare(CLI::App& app, std::function<void(Work)> chosen)
{
    CLI::App* command = app.add_subcommand("compare", "the runs of a project: accuracy against parameters");
    const auto options = std::make_shared<Arguments>();
    command->add_option("DIR", options->project, "project folder")->required();
    command->add_option("--filter", options->filter, "for example: accuracy > 0.8 and map.strategy.name = hilo");
    command->add_option("--columns", options->compare.columns, "more settings and metrics to show")->delimiter(',');
    command->add_flag("--keys", options->keys, "list the names that filters and columns may use");
    command->add_flag("--group-seeds", options->compare.groupSeeds, "one row for runs that differ by their seed only");
    command->add_option("--cost", options->cost, "what the Pareto front weighs accuracy against")
        ->check(CLI::IsMember({"trainable", "active"}))
        ->capture_default_str();
    command->add_flag("--front", options->onlyFront, "only the runs on the Pareto front");
    command->add_option("--differences", options->differences, "A,B,…: only the settings in which these runs differ")
        ->delimiter(',');
    command->add_option("--paired", options->paired, "A,B: difference in accuracy, seed by seed, with its interval")
        ->delimiter(',')
        ->expected(2);
    command->add_option("--maps", options->maps, "A,B: the modules that these runs' maps treat differently")
        ->delimiter(',')
        ->expected(2);
    command->add_flag("--csv", options->csv, "the table as CSV on standard output");
    command->add_option("--plot", options->plot, "write a scatter plot (.svg or .png)");
    command->callback([=] { chosen([options](Console& console) { return compare(console, *options); }); });
}

} // namespace hilo::cli
