// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/sweep.h"

#include "allocation/map_operations.h"
#include "allocation/strategy_settings.h"
#include "base/atomic_file.h"
#include "run/run_id.h"
#include "run/run_parameters.h"

#include <algorithm>
#include <set>

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr const char* formatName = "hilo.sweep/1";

fs::path sweepsFolder(const Project& project)
{
    return project.folder() / "sweeps";
}

fs::path fileOf(const Project& project, const std::string& name)
{
    return sweepsFolder(project) / (name + ".sweep.json");
}

Json documentOf(const Sweep& sweep)
{
    Json entries = Json::array();
    for (const SweepEntry& entry : sweep.entries) {
        Json runs = Json::object();
        for (const auto& [seed, id] : entry.runs)
            runs[std::to_string(seed)] = id;
        entries.push_back({{"label", entry.label},
                           {"trainable_parameters", entry.trainableParameters},
                           {"active_parameters", entry.activeParameters},
                           {"total_rank", entry.totalRank},
                           {"runs", std::move(runs)}});
    }
    return {{"format", formatName},
            {"name", sweep.name},
            {"equal", sweep.equal},
            {"seeds", sweep.seeds},
            {"entries", std::move(entries)}};
}

Result<SweepEntry> parseEntry(const JsonObject& object)
{
    SweepEntry entry;
    HILO_TRY(entry.label, object.text("label"));
    HILO_TRY(entry.trainableParameters, object.integerOr("trainable_parameters", 0, 0, std::int64_t{1} << 60));
    HILO_TRY(entry.activeParameters, object.integerOr("active_parameters", 0, 0, std::int64_t{1} << 60));
    HILO_TRY(entry.totalRank, object.integerOr("total_rank", 0, 0, std::int64_t{1} << 60));
    HILO_TRY(const JsonObject runs, object.object("runs"));
    for (const auto& [seed, id] : runs.json().items()) {
        const auto number = parseInteger(seed);
        if (!number || !id.is_string() || !checkRunId(id.get<std::string>()))
            return failure(runs.errorAt(seed, "expected a run id for a seed, found " + id.dump()));
        entry.runs[*number] = id.get<std::string>();
    }
    return entry;
}

Status checkNew(const Project& project, const ModelConfig& model, const Sweep& sweep,
                const std::vector<AllocationMap>& maps)
{
    HILO_CHECK(checkRunId(sweep.name));
    std::error_code code;
    if (fs::exists(fileOf(project, sweep.name), code))
        return failure(wrongUsage("the project has a sweep \"" + sweep.name + "\" already",
                                  "choose another --name, or leave --run out to see its results"));
    if (maps.empty() || sweep.seeds.empty())
        return failure(wrongUsage("a sweep needs at least one allocation and one seed"));
    std::set<std::string> ids;
    for (std::size_t index = 0; index < maps.size(); ++index) {
        HILO_CHECK(validateAllocationMap(maps[index], model, maps[index].name));
        for (const auto& [seed, id] : sweep.entries[index].runs) {
            HILO_CHECK(checkRunId(id));
            HILO_TRY(const fs::path folder, project.pathOfRun(id));
            if (!ids.insert(id).second)
                return failure(wrongUsage("two allocations or seeds of the sweep are called the same: " + id));
            if (fs::exists(folder, code))
                return failure(wrongUsage("the project has a run \"" + id + "\" already", "choose another --name"));
        }
    }
    return {};
}

} // namespace

Result<Sweep> addSweep(const Project& project, const RunSpec& spec, const ModelConfig& model, const std::string& name,
                       const std::string& equal, const std::vector<AllocationMap>& maps,
                       const std::vector<std::int64_t>& seeds)
{
    Sweep sweep{name, equal, seeds, {}};
    for (const AllocationMap& map : maps) {
        const ParameterCount count = countParameters(map, model, spec.training.router);
        SweepEntry entry{map.name, count.trainable(), count.active, totalRank(map), {}};
        for (const std::int64_t seed : seeds)
            entry.runs[seed] = runIdFrom(name + "-" + map.name) + "-s" + std::to_string(seed);
        sweep.entries.push_back(std::move(entry));
    }
    HILO_CHECK(checkNew(project, model, sweep, maps));
    std::error_code code;
    fs::create_directories(sweepsFolder(project), code);
    HILO_CHECK(writeJsonFile(fileOf(project, name), documentOf(sweep)));
    for (std::size_t index = 0; index < maps.size(); ++index)
        for (const auto& [seed, id] : sweep.entries[index].runs) {
            RunSpec run = spec;
            run.name = id;
            run.map = maps[index];
            run.mapFile.clear();
            HILO_CHECK(project.addRun(run, id, seed));
        }
    return sweep;
}

Result<Sweep> readSweep(const Project& project, const std::string& name)
{
    HILO_CHECK(checkRunId(name));
    std::error_code code;
    if (!fs::exists(fileOf(project, name), code)) {
        std::string names;
        for (const auto& file : fs::directory_iterator(sweepsFolder(project), code))
            if (const std::string found = file.path().filename().string(); found.ends_with(".sweep.json"))
                names += (names.empty() ? "" : ", ") + found.substr(0, found.size() - 11);
        return failure(badInput(sweepsFolder(project).string(), name, "The project has no sweep of this name.",
                                names.empty() ? "Make one with --run." : "Its sweeps are " + names + "."));
    }
    const std::string file = fileOf(project, name).string();
    HILO_TRY(const Json document, readJsonFile(file));
    HILO_TRY(const JsonObject root, JsonObject::of(document, file));
    HILO_TRY(const std::string format, root.text("format"));
    if (format != formatName)
        return failure(
            root.errorAt("format", std::string("expected \"") + formatName + "\", found \"" + format + "\""));
    Sweep sweep;
    HILO_TRY(sweep.name, root.text("name"));
    HILO_TRY(sweep.equal, root.textOr("equal", ""));
    HILO_TRY(const Json* seeds, root.array("seeds"));
    for (const Json& seed : *seeds)
        if (seed.is_number_integer())
            sweep.seeds.push_back(seed.get<std::int64_t>());
    HILO_TRY(const Json* entries, root.array("entries"));
    for (std::size_t index = 0; index < entries->size(); ++index) {
        HILO_TRY(const JsonObject object,
                 JsonObject::of((*entries)[index], file, "entries[" + std::to_string(index) + "]"));
        HILO_TRY(SweepEntry entry, parseEntry(object));
        sweep.entries.push_back(std::move(entry));
    }
    return sweep;
}

Result<std::vector<SweepResult>> summarise(const Sweep& sweep, RunReader& reader)
{
    HILO_TRY(const std::vector<RunSummary> runs, reader.runs());
    std::map<std::string, const RunSummary*> byId;
    for (const RunSummary& run : runs)
        byId[run.id] = &run;
    const auto accuracyOf = [&byId](const SweepEntry& entry, std::int64_t seed) -> std::optional<double> {
        const auto id = entry.runs.find(seed);
        const auto run = id == entry.runs.end() ? byId.end() : byId.find(id->second);
        return run == byId.end() ? std::nullopt : run->second->accuracy;
    };
    std::vector<SweepResult> results;
    for (const SweepEntry& entry : sweep.entries) {
        std::vector<double> accuracies;
        std::vector<double> differences;
        std::vector<double> seconds;
        for (const auto& [seed, id] : entry.runs) {
            const auto accuracy = accuracyOf(entry, seed);
            if (!accuracy)
                continue;
            accuracies.push_back(*accuracy);
            if (const auto base = accuracyOf(sweep.entries.front(), seed))
                differences.push_back(*accuracy - *base);
            if (const auto taken = byId.at(id)->seconds)
                seconds.push_back(*taken);
        }
        SweepResult result{entry, meanIntervalWithin(accuracies, 0, 1), {}, {}};
        if (&entry != &sweep.entries.front() && !differences.empty())
            result.difference = meanIntervalWithin(differences, -1, 1);
        if (!seconds.empty())
            result.seconds = meanInterval(seconds).mean;
        results.push_back(std::move(result));
    }
    return results;
}

} // namespace hilo
