// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "console.h"
#include "plot_file.h"
#include "project_commands.h"

#include "base/shown_text.h"
#include "base/text_format.h"
#include "base/text_table.h"
#include "compare/compare.h"
#include "compare/compare_svg.h"
#include "compare/compare_table.h"
#include "compare/map_difference.h"
#include "compare/metric_notes.h"
#include "compare/row_comparison.h"
#include "index/run_store.h"

namespace hilo::cli {
namespace {

struct Arguments
{
    std::string project, filter, plot, cost = "trainable", metric = "accuracy";
    CompareOptions compare;
    bool csv = false, keys = false, listMetrics = false, onlyFront = false;
    std::vector<std::string> differences, paired, maps, rows;
    std::string task;
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

Status printMetrics(Console& console, const Arguments& options, RunReader& reader)
{
    HILO_TRY(const std::vector<MeasuredMetric> measured, reader.measuredMetrics());
    TextRows table{{"metric", "runs", "better", "what it is"}};
    Json list = Json::array();
    for (const MeasuredMetric& one : measured) {
        const MetricChoice choice{one.metric, one.task};
        const Metric* known = findMetric(one.metric);
        const std::string better = choice.lowerIsBetter() ? "lower" : "higher";
        table.push_back({choice.text(), std::to_string(one.runs), better,
                         known ? choice.label() + (one.task.empty() ? ", mean over a run's tasks" : "")
                               : "not known to this program; higher is taken for better"});
        list.push_back({{"name", choice.text()},
                        {"metric", one.metric},
                        {"task", one.task.empty() ? Json(nullptr) : Json(one.task)},
                        {"runs", one.runs},
                        {"better", better},
                        {"known", known != nullptr},
                        {"share", choice.isShare()},
                        {"label", choice.label()}});
    }
    console.printJson(list);
    if (table.size() == 1 && !options.csv)
        console.print("No run has a result yet.");
    else
        printTable(console, options, table);
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
    const MetricChoice& metric = options.compare.metric;
    HILO_TRY(const PairedDifference paired, pairedDifference(reader, options.paired[0], options.paired[1], metric));
    const MeanInterval& summary = paired.summary;
    const auto points = [&metric](double difference) {
        return metric.isShare() ? printed("%+.2f", difference * 100) : printed("%+.4g", difference);
    };
    TextRows table{{"seed", metric.isShare() ? "difference in points" : "difference"}};
    for (std::size_t i = 0; i < paired.seeds.size(); ++i)
        table.push_back({std::to_string(paired.seeds[i]), points(paired.differences[i])});
    const auto optional = [](const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); };
    console.printJson({{"first", options.paired[0]},
                       {"second", options.paired[1]},
                       {"metric", metric.metric},
                       {"task", metric.task.empty() ? Json(nullptr) : Json(metric.task)},
                       {"better", metric.lowerIsBetter() ? "lower" : "higher"},
                       {"seeds", paired.seeds},
                       {"differences", paired.differences},
                       {"mean", summary.mean},
                       {"standard_deviation", optional(summary.deviation)},
                       {"interval", summary.low ? Json::array({*summary.low, *summary.high}) : Json(nullptr)}});
    printTable(console, options, table);
    if (!options.csv)
        console.print(metric.label() + ": " + options.paired[0] + " minus " + options.paired[1] + ": " +
                      points(summary.mean) + (metric.isShare() ? " points" : "") +
                      (metric.lowerIsBetter() ? ", lower is better" : "") +
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

/// Which rows one run answers rightly and the other does not.
Status printRows(Console& console, const Arguments& options, const Project& project)
{
    HILO_TRY(const std::filesystem::path first, project.runFolder(options.rows[0]));
    HILO_TRY(const std::filesystem::path second, project.runFolder(options.rows[1]));
    HILO_TRY(RowComparison comparison, compareRows(first, second, options.task));
    readRowTexts(comparison, first);
    TextRows table{{"task", "row", "text", "right answer", options.rows[0], options.rows[1]}};
    Json list = Json::array();
    for (const RowPair& row : comparison.rows) {
        if (!options.csv && row.firstRight == row.secondRight)
            continue;
        table.push_back({row.task, row.file + " " + row.place, row.text, row.expected,
                         (row.firstRight ? "+ " : "- ") + row.first, (row.secondRight ? "+ " : "- ") + row.second});
        list.push_back({{"task", row.task},
                        {"file", row.file},
                        {"place", row.place},
                        {"expected", row.expected},
                        {"first", row.first},
                        {"second", row.second},
                        {"first_right", row.firstRight},
                        {"second_right", row.secondRight}});
    }
    console.printJson({{"first", options.rows[0]},
                       {"second", options.rows[1]},
                       {"rows", comparison.rows.size()},
                       {"both_right", comparison.bothRight},
                       {"only_first", comparison.onlyFirst},
                       {"only_second", comparison.onlySecond},
                       {"both_wrong", comparison.bothWrong},
                       {"unshared", comparison.unshared},
                       {"p", comparison.test.p},
                       {"method", comparison.test.method},
                       {"different", list}});
    printTable(console, options, table);
    if (!options.csv)
        console.print(options.rows[0] + " alone is right on " + std::to_string(comparison.onlyFirst) + " of " +
                      std::to_string(comparison.rows.size()) + " rows, " + options.rows[1] + " alone on " +
                      std::to_string(comparison.onlySecond) + ": " +
                      (comparison.isClear() ? "a clear difference" : "no clear difference") +
                      " (McNemar, p = " + printed("%.3g", comparison.test.p) + ")");
    return {};
}

Status printRuns(Console& console, const Arguments& options, RunReader& reader)
{
    const MetricChoice& metric = options.compare.metric;
    HILO_TRY(std::vector<CompareRow> rows, compareRuns(reader, options.compare));
    // The drawing keeps the others: a front says little without them.
    if (!options.plot.empty())
        HILO_CHECK(writePlot(options.plot, svgOf(rows, options.compare.cost, metric)));
    const std::vector<std::string> notes = notesOf(rows, metric);
    if (options.onlyFront)
        std::erase_if(rows, [](const CompareRow& row) { return !row.onFront; });
    console.printJson(jsonOf(rows, options.compare.columns, metric));
    if (options.csv)
        console.stream(csvOf(rows, options.compare.columns, metric));
    else if (rows.empty())
        console.print(options.filter.empty() ? "The project has no runs." : "No run passes the filter.");
    else
        console.printLines(tableOf(rows, options.compare.columns, metric));
    // What stands on standard output for other programs stays alone there.
    for (const std::string& note : notes) {
        if (options.csv || console.json())
            std::fputs(("hilo: " + shownMessage(note) + "\n").c_str(), stderr);
        else
            console.print(note);
    }
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
    HILO_TRY(options.compare.metric, MetricChoice::parse(options.metric));
    HILO_TRY(const Project project, Project::open(options.project));
    HILO_TRY(RunReader reader, openReader(project, console));
    if (options.keys)
        return printKeys(console, reader);
    if (options.listMetrics)
        return printMetrics(console, options, reader);
    HILO_TRY(const std::vector<MeasuredMetric> measured, reader.measuredMetrics());
    HILO_CHECK(checkChoice(options.compare.metric, measured));
    if (!options.differences.empty())
        return printDifferences(console, options, reader);
    if (!options.paired.empty())
        return printPaired(console, options, reader);
    if (!options.maps.empty())
        return printMaps(console, options, project);
    if (!options.rows.empty())
        return printRows(console, options, project);
    return printRuns(console, options, reader);
}

} // namespace

void addCompare(CLI::App& app, std::function<void(Work)> chosen)
{
    CLI::App* command =
        app.add_subcommand("compare", "the runs of a project: accuracy, or another metric, against parameters");
    const auto options = std::make_shared<Arguments>();
    command->add_option("DIR", options->project, "project folder")->required();
    command->add_option("--filter", options->filter, "for example: accuracy > 0.8 and map.strategy.name = hilo");
    command->add_option("--columns", options->compare.columns, "more settings and metrics to show")->delimiter(',');
    command
        ->add_option(
            "--metric", options->metric,
            "METRIC or METRIC@TASK of the results: loss, perplexity, matthews@cola, …; without a task the mean "
            "over a run's tasks. Table, front, differences and plot follow, whichever way is better")
        ->capture_default_str();
    command->add_flag("--list-metrics", options->listMetrics, "list the metrics that results hold, by task");
    command->add_flag("--keys", options->keys, "list the names that filters and columns may use");
    command->add_flag("--group-seeds", options->compare.groupSeeds, "one row for runs that differ by their seed only");
    command->add_option("--cost", options->cost, "what the Pareto front weighs the metric against")
        ->check(CLI::IsMember({"trainable", "active"}))
        ->capture_default_str();
    command->add_flag("--front", options->onlyFront, "only the runs on the Pareto front");
    command->add_option("--differences", options->differences, "A,B,…: only the settings in which these runs differ")
        ->delimiter(',');
    command->add_option("--paired", options->paired, "A,B: difference in the metric, seed by seed, with its interval")
        ->delimiter(',')
        ->expected(2);
    command->add_option("--maps", options->maps, "A,B: the modules that these runs' maps treat differently")
        ->delimiter(',')
        ->expected(2);
    CLI::Option* rows =
        command
            ->add_option("--rows", options->rows,
                         "A,B: the rows that one of these runs answers rightly and the other does not, with McNemar's "
                         "test; with --csv all rows")
            ->delimiter(',')
            ->expected(2);
    command->add_option("--task", options->task, "only the rows of this task")->needs(rows);
    command->add_option("--group-by", options->compare.groupBy,
                        "one row for all runs with the same value of this setting: the mean over their settings, each "
                        "with the mean over its seeds");
    command->add_flag("--csv", options->csv, "the table as CSV on standard output");
    command->add_option("--plot", options->plot, "write a scatter plot (.svg, .png or .pdf)");
    command->callback([=] { chosen([options](Console& console) { return compare(console, *options); }); });
}

} // namespace hilo::cli
