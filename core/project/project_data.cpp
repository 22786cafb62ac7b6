// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project_data.h"

#include "base/portable_path.h"
#include "data/data_spec.h"

#include <algorithm>

namespace hilo {
namespace fs = std::filesystem;
namespace {

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

} // namespace

Result<std::optional<ProjectData>> readProjectData(const Project& project)
{
    const fs::path file = project.folder() / "project.json";
    HILO_TRY(const Json document, readJsonFile(file));
    HILO_TRY(const JsonObject root, JsonObject::of(document, file.string()));
    if (!root.has("data")) {
        const std::optional<RunSpec> spec = firstSpec(project);
        if (!spec)
            return std::nullopt;
        return ProjectData{spec->tasks.front().data, spec->training.maxLength, false};
    }
    HILO_TRY(const JsonObject object, root.object("data"));
    ProjectData data;
    HILO_TRY(data.maxLength, object.integerOr("max_length", data.maxLength, 2, 1 << 24));
    Json keys = object.json();
    keys.erase("max_length");
    if (!keys.contains("template"))
        keys["template"] = "";
    HILO_TRY(const JsonObject specKeys, JsonObject::of(keys, file.string(), "data"));
    HILO_TRY(data.spec, parseDataSpec(specKeys, project.folder()));
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
    if (const auto data = readProjectData(*project); data && *data) {
        // Of a spec with several tasks all are kept.
        if ((*data)->isOwn)
            document["data"] = toJson((*data)->spec);
        else if (const auto first = firstSpec(*project))
            document["data"] = toJson(first->tasks);
        document["training"]["max_length"] = (*data)->maxLength;
    }
    return document;
}

Status writeProjectData(const Project& project, const ProjectData& data)
{
    const fs::path file = project.folder() / "project.json";
    HILO_TRY(Json document, readJsonFile(file));
    DataSpec spec = data.spec;
    const fs::path splitBase = spec.path.empty() ? project.folder() : fs::path(spec.path);
    for (auto& [split, path] : spec.splitFiles)
        path = portablePath(path, project.folder(), splitBase);
    spec.path = portablePath(spec.path, project.folder(), project.folder());
    spec.template_ = portablePath(spec.template_, project.folder(), project.folder());
    spec.chatTemplate = portablePath(spec.chatTemplate, project.folder(), project.folder());
    Json json = toJson(spec);
    json["max_length"] = data.maxLength;
    document["data"] = std::move(json);
    return writeJsonFile(file, document);
}

} // namespace hilo
