// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project.h"

#include "base/atomic_file.h"
#include "project/missing_run.h"
#include "project/portable_spec.h"
#include "run/run_id.h"

#include <algorithm>
#include <chrono>

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr const char* projectFormat = "hilo.project/1";

/// A task's name as the reader of a spec would have it.
std::string taskNameOf(const Json& task)
{
    const auto textAt = [](const Json& object, const char* key) {
        const auto found = object.find(key);
        return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    if (const std::string name = textAt(task, "task"); !name.empty())
        return name;
    DataSpec data;
    data.benchmark = textAt(task, "benchmark");
    data.path = textAt(task, "path");
    if (const auto split = task.find("split"); split != task.end() && split->is_object())
        for (const char* part : {"train", "validation", "test"})
            if (const std::string file = textAt(*split, part); !file.empty())
                data.splitFiles[part] = file;
    return defaultTaskName(data);
}

/// The task of a name in a list of tasks; null where there is none.
Json* taskOfList(Json& list, const std::string& name)
{
    if (list.is_array())
        for (Json& task : list)
            if (task.is_object() && taskNameOf(task) == name)
                return &task;
    return nullptr;
}

Result<RunSpec> readChanged(const fs::path& specFile, const std::vector<SettingChange>& changes)
{
    HILO_TRY(Json document, readJsonFile(specFile));
    for (const SettingChange& change : changes) {
        Json* place = &document;
        for (std::size_t start = 0; start <= change.key.size();) {
            const auto end = std::min(change.key.find('.', start), change.key.size());
            const std::string part = change.key.substr(start, end - start);
            if (Json* const task = taskOfList(*place, part)) {
                place = task;
                start = end + 1;
                continue;
            }
            if (!place->is_object() || end == start)
                return failure(badInput(specFile.string(), change.key, "There is no such setting.",
                                        "Name it by its path, for example training.learning_rate, or "
                                        "data.TASK.limit where there are several tasks."));
            place = &(*place)[part];
            start = end + 1;
        }
        const auto value = parseJson(change.value, change.key);
        *place = value ? *value : Json(change.value);
    }
    // Unknown keys and values that do not fit are found here.
    return parseRunSpec(document, specFile.string(), specFile.parent_path());
}

} // namespace

Project::Project(fs::path folder, std::string name) : folder_(std::move(folder)), name_(std::move(name)) {}

Result<Project> Project::create(const fs::path& folder, const std::string& name)
{
    if (folder.empty())
        return failure(badInput({}, {}, "The folder of a new project needs a name."));
    std::error_code code;
    const fs::path full = fs::weakly_canonical(fs::absolute(folder), code);
    if (fs::exists(full / "project.json", code))
        return failure(
            badInput(full.string(), {}, "This folder holds a project already.", "Open it, or choose another folder."));
    if (fs::exists(full, code) && !(fs::is_directory(full, code) && fs::is_empty(full, code)))
        return failure(
            badInput(full.string(), {}, "The folder of a new project must be empty.", "Choose another folder."));
    for (const char* part : {"maps", "profiles", "runs"}) {
        fs::create_directories(full / part, code);
        if (code)
            return failure(badInput(full.string(), {}, "The folder cannot be made: " + code.message() + ".",
                                    "Choose a folder that can be written."));
    }
    const std::string shown = name.empty() ? full.filename().string() : name;
    Json document = {{"format", projectFormat}, {"name", shown}};
    HILO_CHECK(writeJsonFile(full / "project.json", document));
    return Project(full, shown);
}

Result<Project> Project::open(const fs::path& folder)
{
    if (folder.empty())
        return failure(badInput({}, {}, "The folder of a project was expected, not an empty name."));
    std::error_code code;
    const fs::path full = fs::weakly_canonical(fs::absolute(folder), code);
    const fs::path file = full / "project.json";
    if (!fs::exists(file, code))
        return failure(badInput(folder.string(), {}, "This is not a project: there is no project.json in it.",
                                "Make one with \"hilo project new " + folder.string() + "\"."));
    HILO_TRY(const Json document, readJsonFile(file));
    HILO_TRY(const JsonObject root, JsonObject::of(document, file.string()));
    HILO_TRY(const std::string format, root.text("format"));
    if (format != projectFormat)
        return failure(root.errorAt("format",
                                    "\"" + std::string(projectFormat) + "\" was expected, not \"" + format + "\".",
                                    "The project may be of a newer version of this program."));
    HILO_TRY(const std::string name, root.textOr("name", full.filename().string()));
    return Project(full, name);
}

Result<fs::path> Project::pathOfRun(const std::string& id) const
{
    HILO_CHECK(checkRunId(id));
    return runsFolder() / id;
}

Result<fs::path> Project::runFolder(const std::string& id) const
{
    HILO_TRY(const fs::path folder, pathOfRun(id));
    std::error_code code;
    if (fs::is_directory(folder, code) && !fs::is_symlink(folder, code) && fs::exists(folder / "run.json", code))
        return folder;
    return failure(missingRun(*this, id));
}

Result<std::vector<std::string>> Project::runIds() const
{
    std::vector<std::string> ids;
    std::error_code code;
    fs::directory_iterator entries(runsFolder(), code);
    // Version control keeps no empty folders: a project that was just fetched has none.
    if (code == std::errc::no_such_file_or_directory)
        return ids;
    if (code)
        return failure(badInput(runsFolder().string(), {},
                                "The folder of the runs cannot be read: " + code.message() + ".",
                                "Restore it, or make an empty one."));
    for (; entries != fs::directory_iterator(); entries.increment(code)) {
        std::string id = entries->path().filename().string();
        if (checkRunId(id) && entries->is_directory(code) && !entries->is_symlink(code))
            ids.push_back(std::move(id));
    }
    std::sort(ids.begin(), ids.end());
    return ids;
}

Result<std::string> Project::addRun(const RunSpec& spec, const std::optional<std::string>& id,
                                    std::optional<std::int64_t> seed) const
{
    // What a program has put together is held to what a file has to fulfil, before anything is made.
    HILO_TRY(RunSpec checked, parseRunSpec(toJson(spec), "the new run", folder_));
    return addNamed(std::move(checked), spec.name, id, seed);
}

Result<std::string> Project::addRun(const fs::path& specFile, const std::optional<std::string>& id,
                                    std::optional<std::int64_t> seed, const std::vector<SettingChange>& changes) const
{
    HILO_TRY(RunSpec spec, readChanged(specFile, changes));
    const std::string name = spec.name.empty() ? specFile.stem().string() : spec.name;
    return addNamed(std::move(spec), name, id, seed);
}

Result<std::string> Project::addNamed(RunSpec spec, const std::string& name, const std::optional<std::string>& id,
                                      std::optional<std::int64_t> seed) const
{
    if (seed)
        spec.training.seed = *seed;
    std::string wanted = id.value_or(runIdFrom(name));
    if (!id && seed)
        wanted += "-seed" + std::to_string(*seed);
    HILO_CHECK(checkRunId(wanted));

    std::error_code code;
    fs::create_directories(runsFolder(), code);
    // Two processes may add at once: the rename of the finished folder decides who got the name.
    for (int number = 1;; ++number) {
        const std::string chosen = number == 1 ? wanted : wanted + "-" + std::to_string(number);
        const fs::path folder = runsFolder() / chosen;
        if (fs::exists(folder, code)) {
            if (id)
                return failure(badInput(folder.string(), {}, "A run of this id exists already.", "Choose another id."));
            continue;
        }
        HILO_TRY(AtomicFolder temporary, AtomicFolder::create(folder));
        HILO_CHECK(writeJsonFile(temporary.path() / "run.json", toJson(portableSpec(spec, folder_, folder))));
        const Status committed = temporary.commit();
        if (!committed && fs::exists(folder, code) && !id)
            continue;
        HILO_CHECK(committed);
        return chosen;
    }
}

} // namespace hilo
