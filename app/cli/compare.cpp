// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "console.h"

#include "base/atomic_file.h"
#include "project/compare.h"
#include "project/compare_table.h"
#include "project/run_store.h"

namespace hilo::cli {

void addCompare(CLI::App& app, std::function<void(Work)> chosen)
{
    CLI::App* command = app.add_subcommand("compare", "the runs of a project: accuracy against parameters");
    struct Options
    {
        std::string project, filter, plot, cost = "trainable";
        CompareOptions compare;
        bool csv = false;
    };
    const auto options = std::make_shared<Options>();
    command->add_option("DIR", options->project, "project folder")->required();
    command->add_option("--filter", options->filter, "for example: accuracy > 0.8 and map.strategy.name = hilo");
    command->add_option("--columns", options->compare.columns, "more settings to show")->delimiter(',');
    command->add_flag("--group-seeds", options->compare.groupSeeds, "one row for runs that differ by their seed only");
    command->add_option("--cost", options->cost, "what the Pareto front weighs accuracy against")
        ->check(CLI::IsMember({"trainable", "active"}))
        ->capture_default_str();
    command->add_flag("--csv", options->csv, "the table as CSV on standard output");
    command->add_option("--plot", options->plot, "write a scatter plot (SVG)");
    command->callback([=] {
        chosen([options](Console& console) -> Status {
            HILO_TRY(const Project project, Project::open(options->project));
            {
                HILO_TRY(RunStore store, RunStore::open(project));
                HILO_TRY([[maybe_unused]] const ScanReport scanned, store.scan(console.progress()));
            }
            options->compare.cost = options->cost == "active" ? ParetoCost::Active : ParetoCost::Trainable;
            if (!options->filter.empty()) {
                HILO_TRY(options->compare.filter, Filter::parse(options->filter));
            }
            HILO_TRY(RunReader reader, RunReader::open(project));
            HILO_TRY(const std::vector<CompareRow> rows, compareRuns(reader, options->compare));
            if (!options->plot.empty())
                HILO_CHECK(writeFileAtomically(options->plot, svgOf(rows, options->compare.cost)));
            console.printJson(jsonOf(rows, options->compare.columns));
            if (options->csv)
                console.stream(csvOf(rows, options->compare.columns));
            else
                console.print(tableOf(rows, options->compare.columns));
            return {};
        });
    });
}

} // namespace hilo::cli
