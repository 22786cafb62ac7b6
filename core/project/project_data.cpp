// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project_data.h"

#include "base/portable_path.h"
#include "data/data_spec.h"
#include "run/run_spec_names.h"

#include <algorithm>

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr std::int64_t mostTokens = 1 << 24; ///< of a row

/// specs/*.run.json, in order.
std::vector<fs::path> specFiles(const fs::path& folder)
{
    std::vector<fs::path> files;
    std::error_code code;
    for (fs::directory_iterator entry(folder / "specs", code); !code && entry != fs::directory_iterator();
         entry.increment(code))
        if (entry->path().filename().string().ends_with(".run.json"))
            files.push_back(entry->path());
    std::sort(files.begin(), files.end());
    return files;
}

/// A run spec of the project, specs/ before runs/.
std::optional<RunSpec> firstSpec(const Project& project)
{
    std::vector<fs::path> files = specFiles(project.folder());
    for (const std::string& id : project.runIds().value_or(std::vector<std::string>{}))
        files.push_back(project.runsFolder() / id / "run.json");
    for (const fs::path& file : files)
        if (auto spec = readRunSpec(file))
            return std::move(*spec);
    return std::nullopt;
}

/// "training" of project.json where it has one.
Status readTraining(const JsonObject& root, ProjectData& data)
{
    if (!root.has("training"))
        return {};
    HILO_TRY(const JsonObject training, root.object("training"));
    HILO_TRY(data.maxLength, training.integerOr("max_length", data.maxLength, 2, mostTokens));
    HILO_TRY(data.mixing, named<Mixing>(training, "mixing", mixingNames));
    HILO_TRY(data.mixingTemperature, training.numberOr("mixing_temperature", data.mixingTemperature, 1e-3, 1e6));
    return {};
}

void makeDataPortable(DataSpec& spec, const fs::path& folder)
{
    const fs::path splitBase = spec.path.empty() ? folder : fs::path(spec.path);
    for (auto& [split, path] : spec.splitFiles)
        path = portablePath(path, folder, splitBase);
    spec.path = portablePath(spec.path, folder, folder);
    spec.template_ = portablePath(spec.template_, folder, folder);
    spec.chatTemplate = portablePath(spec.chatTemplate, folder, folder);
}

/// The members of a group that are not as in a run spec that says nothing.
Json changedOnly(const Json& document, const char* group)
{
    Json changed = Json::object();
    const Json usual = toJson(RunSpec{})[group];
    if (document.contains(group))
        for (const auto& [key, value] : document[group].items())
            if (!usual.contains(key) || nlohmann::json(usual[key]) != nlohmann::json(value))
                changed[key] = value;
    return changed;
}

/// A setting that is as usual is not written where the project does not say it anyway.
template <class Value>
void setTraining(Json& document, const char* key, const Value& value, const Value& usual)
{
    const bool isThere = document.contains("training") && document["training"].contains(key);
    if (isThere || value != usual)
        document["training"][key] = value;
}

} // namespace

Result<std::optional<ProjectData>> readProjectData(const Project& project)
{
    const fs::path file = project.folder() / "project.json";
    HILO_TRY(Json document, readJsonFile(file));
    HILO_TRY(const JsonObject root, JsonObject::of(document, file.string()));
    if (!root.has("data")) {
        std::optional<RunSpec> spec = firstSpec(project);
        if (!spec)
            return std::nullopt;
        return ProjectData{std::move(spec->tasks), spec->training.maxLength, spec->training.mixing,
                           spec->training.mixingTemperature, false};
    }
    ProjectData data;
    HILO_CHECK(readTraining(root, data));
    if (document["data"].is_object()) {
        HILO_TRY(const JsonObject object, root.object("data"));
        HILO_TRY(data.maxLength, object.integerOr("max_length", data.maxLength, 2, mostTokens));
        document["data"].erase("max_length");
    }
    HILO_TRY(const JsonObject withTasks, JsonObject::of(document, file.string()));
    HILO_TRY(data.tasks, parseTasks(withTasks, project.folder()));
    return data;
}

Json newRunSettings(const fs::path& folder)
{
    Json document = Json::object();
    if (folder.empty())
        return document;
    for (const fs::path& file : specFiles(folder))
        if (const auto spec = readRunSpec(file)) {
            document = toJson(*spec);
            break;
        }
    const auto project = Project::open(folder);
    if (!project)
        return document;
    if (const auto own = readJsonFile(project->folder() / "project.json"))
        for (const char* group : {"training", "evaluation"})
            if (own->contains(group) && (*own)[group].is_object())
                document[group].update((*own)[group]);
    if (const auto data = readProjectData(*project); data && *data) {
        document["data"] = toJson((*data)->tasks);
        document["training"]["max_length"] = (*data)->maxLength;
    }
    return document;
}

Status writeProjectData(const Project& project, const ProjectData& data)
{
    const fs::path file = project.folder() / "project.json";
    HILO_TRY(Json document, readJsonFile(file));
    std::vector<TaskSpec> tasks = data.tasks;
    for (TaskSpec& task : tasks) {
        // By its name, not by where it lies.
        task.name = nameOfTask(task);
        makeDataPortable(task.data, project.folder());
    }
    document["data"] = toJson(tasks);
    const TrainingSpec usual;
    if (tasks.size() == 1) {
        document["data"]["max_length"] = data.maxLength;
        if (document.contains("training"))
            document["training"].erase("max_length");
    } else {
        setTraining(document, "max_length", data.maxLength, std::int64_t{-1});
    }
    setTraining(document, "mixing", nameOf(mixingNames, data.mixing), nameOf(mixingNames, usual.mixing));
    setTraining(document, "mixing_temperature", data.mixingTemperature, usual.mixingTemperature);
    return writeJsonFile(file, document);
}

Status writeNewRunSettings(const Project& project, const Json& document)
{
    const fs::path file = project.folder() / "project.json";
    HILO_TRY(Json kept, readJsonFile(file));
    // A run spec with nothing else of interest, so that its reader judges the settings.
    Json spec = toJson(RunSpec{});
    spec["model"]["path"] = "model";
    spec["data"]["path"] = "data";
    spec["map"]["model"] = {{"architecture", "any"}, {"layers", 1}};
    spec["map"]["layers"] = {{{"layer", 0}, {"modules", Json::object()}}};
    for (const char* group : {"training", "evaluation"}) {
        const Json changed = changedOnly(document, group);
        spec[group].update(changed);
        kept.erase(group);
        if (!changed.empty())
            kept[group] = changed;
    }
    HILO_CHECK(parseRunSpec(spec, file.string(), project.folder()));
    return writeJsonFile(file, kept);
}

} // namespace hilo
