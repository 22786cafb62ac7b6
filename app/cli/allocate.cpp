// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "console.h"
#include "map_table.h"
#include "numbers.h"
#include "profile_files.h"

#include "allocation/parameters.h"
#include "allocation/strategy.h"
#include "formats/model_source.h"

#include <algorithm>

namespace hilo::cli {
namespace {

struct AllocateOptions
{
    std::string model, strategy, budget, modules, name, out;
    std::vector<std::string> settings, profiles;
    bool list = false;
};

void printStrategies(Console& console)
{
    Json document = Json::array();
    for (const Strategy* strategy : strategies()) {
        document.push_back(toJson(*strategy));
        console.printLines(strategy->name + ": " + strategy->title + "\n  " + strategy->description);
        if (strategy->profile != ProfileUse::None)
            console.print(strategy->profile == ProfileUse::Required ? "  needs --profile" : "  can use --profile");
        for (const StrategySetting& setting : allSettings(*strategy))
            console.print("    " + setting.name + " = " + (setting.fallback.empty() ? "(none)" : setting.fallback) +
                          "  " + setting.meaning + " [" + rangeText(setting) + "]");
        console.print("");
    }
    console.printJson({{"strategies", std::move(document)}});
}

Result<std::map<std::string, std::string>> givenSettings(const AllocateOptions& options)
{
    std::map<std::string, std::string> given;
    const auto add = [&](const std::string& name, const std::string& value) -> Status {
        if (!given.emplace(name, value).second)
            return failure(wrongUsage("the setting " + name + " is given twice"));
        return {};
    };
    for (const std::string& pair : options.settings) {
        const auto equals = pair.find('=');
        if (equals == std::string::npos || equals == 0)
            return failure(wrongUsage("--set expects key=value, found \"" + pair + "\"",
                                      "hilo allocate --list names the settings"));
        HILO_CHECK(add(pair.substr(0, equals), pair.substr(equals + 1)));
    }
    if (!options.budget.empty())
        HILO_CHECK(add("budget", options.budget));
    if (!options.modules.empty())
        HILO_CHECK(add("modules", options.modules));
    return given;
}

Status allocateMap(const AllocateOptions& options, Console& console)
{
    if (options.list) {
        printStrategies(console);
        return {};
    }
    if (options.model.empty() || options.strategy.empty())
        return failure(wrongUsage(options.model.empty() ? "MODEL is missing" : "--strategy is missing",
                                  "hilo allocate --list names the strategies and their settings"));
    HILO_TRY(const Strategy* strategy, findStrategy(options.strategy));
    HILO_TRY(const auto given, givenSettings(options));
    HILO_TRY(const ModelSource model, openModel(options.model));
    HILO_TRY(auto profiles, readProfiles(options.profiles, model, console.progress()));
    HILO_TRY(AllocationMap map, allocate(*strategy, model.config, given, std::move(profiles)));
    if (!options.name.empty())
        map.name = options.name;
    if (!options.out.empty())
        HILO_CHECK(writeAllocationMap(options.out, map));
    const ParameterCount count = countParameters(map, model.config);
    Json document = {{"trainable_parameters", count.trainable()},
                     {"active_parameters", count.active},
                     {"router_parameters", count.router}};
    if (!options.out.empty())
        document["file"] = options.out;
    document["notes"] = map.notes;
    document["map"] = toJson(map);
    console.printJson(document);
    console.print(map.name + ": " + withSeparators(count.trainable()) + " trainable parameters, " +
                  withSeparators(count.active) + " active per token");
    console.printLines(mapTable(map, model.config));
    for (const std::string& note : map.notes)
        console.print("Note: " + note);
    console.print(options.out.empty() ? "Not written; --out FILE keeps it." : "Written to " + options.out);
    return {};
}

} // namespace

void addAllocate(CLI::App& app, std::function<void(Work)> chosen)
{
    CLI::App* command = app.add_subcommand("allocate", "decide experts and ranks of every module: an allocation map");
    const auto options = std::make_shared<AllocateOptions>();
    command->add_option("MODEL", options->model,
                        "Hugging Face folder (config.json is enough), .gguf file, or org/name");
    command->add_option("--strategy", options->strategy, "how to decide; see --list");
    command->add_option("--set", options->settings, "key=value, a setting of the strategy; may be repeated")
        ->allow_extra_args(false);
    command->add_option("--budget", options->budget,
                        "trainable parameters at most: 1500000, 80k, 1.5M, 600MiB, or same:MAP.json");
    command->add_option("--profile", options->profiles, "complexity profile; several for strategies that compare tasks")
        ->allow_extra_args(false);
    command->add_option("--modules", options->modules, "modules that get adapters, with commas between; all if absent");
    command->add_option("--name", options->name, "name of the map");
    command->add_option("--out", options->out, "file to write the map to; without it the map is only shown");
    command->add_flag("--list", options->list, "name the strategies and their settings");
    command->callback([=] { chosen([options](Console& console) { return allocateMap(*options, console); }); });
}

} // namespace hilo::cli
