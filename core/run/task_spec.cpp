// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/task_spec.h"

#include "base/shown_text.h"
#include "data/data_endings.h"
#include "hub/local_place.h"
#include "run/benchmark_task.h"
#include "run/run_spec_names.h"

#include <algorithm>
#include <array>
#include <map>

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr std::array taskKeys{"task", "weight", "limit", "protocol", "max_new_tokens"};
constexpr std::int64_t mostNewTokens = 1 << 20;

/// A file's or folder's name without the endings of data files and of compression.
std::string nameOfPath(const std::string& path)
{
    // The folder of a data set of the hub is called after its commit.
    if (RepositoryName repository; isHubPlace(path, RepositoryKind::Dataset, repository))
        return repository.name;
    const fs::path whole = fs::path(path).lexically_normal();
    const fs::path name = whole.has_filename() ? whole.filename() : whole.parent_path().filename();
    const std::string text = withoutDataEndings(name.string());
    return text == "/" || text == "." || text == ".." ? std::string() : text;
}

Result<TaskSpec> parseTask(const JsonObject& object, const fs::path& folder)
{
    TaskSpec task;
    Json data = object.json();
    for (const char* key : taskKeys)
        data.erase(key);
    // The object's own place, so that an error names the list's entry.
    const std::string inside = object.placeOf("x");
    HILO_TRY(const JsonObject dataObject, JsonObject::of(data, object.file(), inside.substr(0, inside.size() - 2)));
    HILO_TRY(task.data, parseDataSpec(dataObject, folder));
    HILO_TRY(task.name, object.textOr("task", defaultTaskName(task.data)));
    if (task.name.empty() || task.name.size() > 200 ||
        std::any_of(task.name.begin(), task.name.end(), [](char c) { return static_cast<unsigned char>(c) < 32; }))
        return failure(object.errorAt("task", "expected a name of 1 to 200 bytes without control characters"));
    HILO_TRY(task.weight, object.numberOr("weight", task.weight, 0, 1e6));
    if (task.weight < 1e-6)
        return failure(object.errorAt("weight", "expected a number from 0.000001 to 1000000",
                                      "leave a task out that shall not be trained"));
    HILO_TRY(task.limit, object.integerOr("limit", task.limit, 0, std::int64_t{1} << 40));
    if (object.has("protocol")) {
        HILO_TRY(const std::string word, object.textOr("protocol", ""));
        if (!word.empty()) {
            HILO_TRY(task.protocol, named<Protocol>(object, "protocol", protocolNames));
        }
    }
    if (object.has("max_new_tokens")) {
        HILO_TRY(task.maxNewTokens, object.integer("max_new_tokens", 1, mostNewTokens));
    }
    HILO_CHECK(fillFromBenchmark(task));
    return task;
}

std::string whereOf(const TaskSpec& task)
{
    if (!task.data.path.empty())
        return shown(task.data.path);
    return task.data.splitFiles.empty() ? "no path" : shown(task.data.splitFiles.begin()->second);
}

} // namespace

std::string defaultTaskName(const DataSpec& data)
{
    if (!data.benchmark.empty())
        return data.benchmark;
    std::string name = nameOfPath(data.path);
    if (const auto train = data.splitFiles.find("train"); name.empty() && train != data.splitFiles.end())
        name = nameOfPath(train->second);
    if (name.empty() && !data.splitFiles.empty())
        name = nameOfPath(data.splitFiles.begin()->second);
    return name.empty() ? "data" : name;
}

std::string nameOfTask(const TaskSpec& task)
{
    return task.name.empty() ? defaultTaskName(task.data) : task.name;
}

Result<std::vector<TaskSpec>> parseTasks(const JsonObject& root, const fs::path& folder)
{
    std::vector<TaskSpec> tasks;
    if (!root.has("data") || !root.json()["data"].is_array()) {
        HILO_TRY(const JsonObject object, root.object("data"));
        HILO_TRY(tasks.emplace_back(), parseTask(object, folder));
        return tasks;
    }
    HILO_TRY(const Json* const list, root.array("data"));
    if (list->empty())
        return failure(root.errorAt("data", "the list of tasks is empty", "expected at least one task"));
    const auto placeOf = [&root](std::size_t index) {
        return root.placeOf("data") + "[" + std::to_string(index) + "]";
    };
    std::map<std::string, std::size_t> known;
    for (std::size_t index = 0; index < list->size(); ++index) {
        HILO_TRY(const JsonObject object, JsonObject::of((*list)[index], root.file(), placeOf(index)));
        HILO_TRY(TaskSpec task, parseTask(object, folder));
        if (const auto [first, isNew] = known.emplace(task.name, index); !isNew)
            return failure(object.errorAt("task",
                                          "two tasks have the name \"" + shown(task.name) +
                                              "\": " + placeOf(first->second) + " (" + whereOf(tasks[first->second]) +
                                              ") and " + placeOf(index) + " (" + whereOf(task) + ")",
                                          "give one of them another name with the key task"));
        tasks.push_back(std::move(task));
    }
    return tasks;
}

Json toJson(const std::vector<TaskSpec>& tasks)
{
    Json list = Json::array();
    for (const TaskSpec& task : tasks) {
        const bool isList = tasks.size() > 1;
        Json json = Json::object();
        const std::string usual = defaultTaskName(task.data);
        const std::string& name = task.name.empty() ? usual : task.name;
        if (isList || name != usual)
            json["task"] = name;
        json.update(toJson(task.data));
        if (isList || task.weight != 1)
            json["weight"] = task.weight;
        if (isList || task.limit != 0)
            json["limit"] = task.limit;
        if (task.protocol)
            json["protocol"] = nameOf(protocolNames, *task.protocol);
        if (task.maxNewTokens)
            json["max_new_tokens"] = *task.maxNewTokens;
        list.push_back(std::move(json));
    }
    return list.size() == 1 ? list.front() : list;
}

std::string taskNames(const std::vector<TaskSpec>& tasks)
{
    std::string names;
    for (const TaskSpec& task : tasks)
        names += (names.empty() ? "" : ", ") + shown(task.name);
    return names;
}

Result<TaskSpec> taskNamed(const std::vector<TaskSpec>& tasks, const std::string& name, const std::string& option)
{
    if (name.empty() && tasks.size() == 1)
        return tasks.front();
    if (name.empty())
        return failure(wrongUsage("the run has several tasks: " + taskNames(tasks), "name one with " + option));
    for (const TaskSpec& task : tasks)
        if (task.name == name)
            return task;
    return failure(wrongUsage("the run has no task \"" + shown(name) + "\"", "its tasks: " + taskNames(tasks)));
}

} // namespace hilo
