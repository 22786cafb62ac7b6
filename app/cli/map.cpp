// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks.h"
#include "command.h"
#include "console.h"
#include "map_table.h"
#include "map_timeline.h"
#include "numbers.h"

#include "allocation/budget.h"
#include "allocation/map_csv.h"
#include "allocation/map_operations.h"
#include "allocation/parameters.h"
#include "base/atomic_file.h"
#include "compare/map_difference.h"
#include "formats/model_source.h"

namespace hilo::cli {
namespace {

using Chosen = std::function<void(Work)>;

struct MapOptions
{
    std::string model, map, other, budget, csv, out, name;
    std::int64_t rank = 0;
    LayerNumbers numbers;
};

/// Writes and shows a map that an operation made.
Status give(Console& console, const MapOptions& options, const ModelConfig& model, AllocationMap map)
{
    if (!options.name.empty())
        map.name = options.name;
    HILO_CHECK(validateAllocationMap(map, model, map.name));
    if (!options.out.empty())
        HILO_CHECK(writeAllocationMap(options.out, map));
    const ParameterCount count = countParameters(map, model);
    console.printJson({{"trainable_parameters", count.trainable()},
                       {"active_parameters", count.active},
                       {"total_rank", totalRank(map)},
                       {"notes", map.notes},
                       {"map", toJson(map)}});
    console.print(map.name + ": " + withSeparators(count.trainable()) + " trainable parameters, total rank " +
                  withSeparators(totalRank(map)));
    console.printLines(mapTable(map, model));
    for (const std::string& note : map.notes)
        console.print("Note: " + note);
    console.print(options.out.empty() ? "Not written; --out FILE keeps it." : "Written to " + options.out);
    return {};
}

Result<AllocationMap> readFor(const std::string& file, const ModelConfig& model)
{
    HILO_TRY(AllocationMap map, readAllocationMap(file));
    HILO_CHECK(validateAllocationMap(map, model, file));
    return map;
}

CLI::App* operation(CLI::App& parent, const char* name, const char* help, const std::shared_ptr<MapOptions>& options)
{
    CLI::App* command = parent.add_subcommand(name, help);
    command->add_option("MODEL", options->model, "Hugging Face folder (config.json is enough), .gguf file, or org/name")
        ->required();
    command->add_option("--out", options->out, "file to write the map to");
    command->add_option("--name", options->name, "name of the map");
    return command;
}

void addDiff(CLI::App& parent, const std::shared_ptr<MapOptions>& options, const Chosen& chosen)
{
    CLI::App* command = parent.add_subcommand("diff", "modules that two maps treat differently");
    command->add_option("FIRST", options->map, "allocation map")->required();
    command->add_option("SECOND", options->other, "allocation map")->required();
    command->callback([=] {
        chosen([options](Console& console) -> Status {
            HILO_TRY(const AllocationMap first, readAllocationMap(options->map));
            HILO_TRY(const AllocationMap second, readAllocationMap(options->other));
            Json list = Json::array();
            for (const ModuleDifference& one : mapDifference(first, second)) {
                list.push_back({{"layer", one.layer},
                                {"module", one.module},
                                {"first", describe(one.first)},
                                {"second", describe(one.second)},
                                {"rank_change", one.rankChange()}});
                console.print("layer " + std::to_string(one.layer) + " " + one.module + ": " + describe(one.first) +
                              " -> " + describe(one.second));
            }
            console.print(list.empty() ? "The maps ask for the same."
                                       : std::to_string(list.size()) + " modules differ.");
            console.printJson({{"differences", std::move(list)}});
            return {};
        });
    });
}

void addScale(CLI::App& parent, const std::shared_ptr<MapOptions>& options, const Chosen& chosen)
{
    CLI::App* command = operation(parent, "scale", "scale a map's ranks to a budget or to a total rank", options);
    command->add_option("MAP", options->map, "allocation map")->required();
    CLI::Option* budgetOption = command->add_option("--budget", options->budget,
                                                    "trainable parameters: 1500000, 1.5M, 600MiB or same:MAP.json");
    command->add_option("--total-rank", options->rank, "sum of all experts' ranks")
        ->check(positive)
        ->excludes(budgetOption);
    command->callback([=] {
        chosen([options](Console& console) -> Status {
            HILO_TRY(const ModelSource model, openModel(options->model));
            HILO_TRY(AllocationMap map, readFor(options->map, model.config));
            if (options->budget.empty() && options->rank == 0)
                return failure(wrongUsage("--budget or --total-rank is missing"));
            if (options->rank > 0) {
                HILO_TRY(map, scaleToTotalRank(map, model.config, options->rank));
            } else {
                HILO_TRY(const std::int64_t budget, parseBudget(options->budget, model.config));
                HILO_TRY(map, scaleToBudget(map, model.config, budget));
            }
            return give(console, *options, model.config, std::move(map));
        });
    });
}

void addTranspose(CLI::App& parent, const std::shared_ptr<MapOptions>& options, const Chosen& chosen)
{
    CLI::App* command = operation(parent, "transpose", "carry a map over to a model of another depth", options);
    command->add_option("MAP", options->map, "allocation map")->required();
    command->callback([=] {
        chosen([options](Console& console) -> Status {
            HILO_TRY(const ModelSource model, openModel(options->model));
            HILO_TRY(const AllocationMap map, readAllocationMap(options->map));
            HILO_TRY(AllocationMap result, transposeToDepth(map, model.config));
            return give(console, *options, model.config, std::move(result));
        });
    });
}

void addImport(CLI::App& parent, const std::shared_ptr<MapOptions>& options, const Chosen& chosen)
{
    CLI::App* command =
        operation(parent, "import", "make a map from numbers per layer (MoLA, AlphaLoRA) or from CSV", options);
    command->add_option("--experts", options->numbers.experts, "one number per layer, with commas between, or one");
    command->add_option("--ranks", options->numbers.ranks, "the same")->capture_default_str();
    command->add_option("--top-k", options->numbers.topK, "the same")->capture_default_str();
    command->add_option("--alpha", options->numbers.alpha, "LoRA alpha")->capture_default_str();
    command->add_option("--modules", options->numbers.modules, "modules that get adapters; all if absent");
    command->add_option(
        "--csv", options->csv,
        "file with layer,module,ranks and top_k,alpha,null_experts, or layer and a column for each module");
    command->callback([=] {
        chosen([options](Console& console) -> Status {
            HILO_TRY(const ModelSource model, openModel(options->model));
            if (options->csv.empty() == options->numbers.experts.empty())
                return failure(wrongUsage("expected either --csv or --experts"));
            if (options->csv.empty()) {
                HILO_TRY(AllocationMap map, mapFromNumbers(options->numbers, model.config));
                return give(console, *options, model.config, std::move(map));
            }
            HILO_TRY(const std::string text, readFile(options->csv));
            HILO_TRY(AllocationMap map, mapFromCsv(text, options->csv, model.config));
            return give(console, *options, model.config, std::move(map));
        });
    });
}

void addCsv(CLI::App& parent, const std::shared_ptr<MapOptions>& options, const Chosen& chosen)
{
    CLI::App* command = parent.add_subcommand("export", "a map as CSV, on standard output or into a file");
    command->add_option("MAP", options->map, "allocation map")->required();
    command->add_option("--out", options->out, "CSV file");
    command->callback([=] {
        chosen([options](Console& console) -> Status {
            HILO_TRY(const AllocationMap map, readAllocationMap(options->map));
            if (options->out.empty()) {
                console.stream(csvOfMap(map));
                console.printJson({{"csv", csvOfMap(map)}});
                return {};
            }
            HILO_CHECK(writeFileAtomically(options->out, csvOfMap(map)));
            console.printJson({{"file", options->out}});
            console.print("Written to " + options->out);
            return {};
        });
    });
}

} // namespace

void addMap(CLI::App& app, Chosen chosen)
{
    CLI::App* command =
        app.add_subcommand("map", "allocation maps: difference, scaling, other depths, numbers and CSV");
    command->require_subcommand(1);
    const auto options = std::make_shared<MapOptions>();
    addDiff(*command, options, chosen);
    addScale(*command, options, chosen);
    addTranspose(*command, options, chosen);
    addImport(*command, options, chosen);
    addCsv(*command, options, chosen);
    addTimeline(*command, chosen);
}

} // namespace hilo::cli
