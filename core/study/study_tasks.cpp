// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_tasks.h"

#include "base/shown_text.h"
#include "data/benchmark.h"
#include "hub/local_place.h"
#include "metrics/metric.h"
#include "run/imported_scores.h"

#include <algorithm>
#include <set>

namespace hilo {
namespace fs = std::filesystem;
namespace {

/// The spec's own task of this name; null where there is none.
Json ownTask(const Json& data, const std::string& name)
{
    const auto isIt = [&name](const Json& task) {
        return task.is_object() && task.contains("task") && task["task"] == name;
    };
    if (isIt(data))
        return data;
    if (data.is_array())
        for (const Json& task : data)
            if (isIt(task))
                return task;
    return {};
}

bool isBenchmark(const std::string& name)
{
    return findBenchmark(name).has_value();
}

} // namespace

Result<Json> withTasks(Json spec, const std::vector<std::string>& texts, const fs::path& file)
{
    if (!spec.is_object())
        return failure(badInput(file.string(), {}, "A run spec was expected, an object with \"format\"."));
    spec.erase("map");
    if (texts.empty())
        return spec;
    const Json own = spec.contains("data") ? spec["data"] : Json();
    Json tasks = Json::array();
    std::set<std::string> names;
    for (const std::string& text : texts) {
        const auto colon = text.find(':');
        const std::string name = text.substr(0, colon);
        const std::string path = colon == std::string::npos ? "" : text.substr(colon + 1);
        if (name.empty() || path.empty())
            return failure(wrongUsage("--task expects NAME:FILE-OR-FOLDER, found \"" + shown(text) + "\"",
                                      "for example --task cola:glue/cola; hilo benchmark list names the benchmarks"));
        if (!names.insert(name).second)
            return failure(wrongUsage("two tasks are called \"" + shown(name) + "\"", "give one another name"));
        Json task = ownTask(own, name);
        if (task.is_null()) {
            task = {{"task", name}};
            if (isBenchmark(name))
                task["benchmark"] = name;
        }
        HILO_TRY(const fs::path place, localPlace(path, RepositoryKind::Dataset));
        std::error_code code;
        if (!fs::exists(place, code))
            return failure(badInput(path, "task " + name, "There is no such file or folder.",
                                    fetchInstead(path, RepositoryKind::Dataset)));
        task["path"] = fs::weakly_canonical(fs::absolute(place), code).string();
        tasks.push_back(std::move(task));
    }
    spec["data"] = std::move(tasks);
    return spec;
}

bool isStudyMetric(const std::string& metric)
{
    return findMetric(metric) || (isImportedMetric(metric) && metric.find('@') != std::string::npos);
}

Result<std::vector<std::string>> chosenMetrics(const std::vector<std::string>& texts,
                                               const std::vector<std::string>& tasks)
{
    std::vector<std::string> metrics(tasks.size());
    for (const std::string& text : texts) {
        // A task's name may hold the sign; the name of a metric does not.
        const auto equals = text.rfind('=');
        const std::string metric = equals == std::string::npos ? text : text.substr(equals + 1);
        if (!isStudyMetric(metric))
            return failure(wrongUsage("\"" + shown(metric) + "\" is no metric",
                                      "known are " + metricNames() +
                                          ", and lm_eval.METRIC@TASK of scores that are imported into its runs"));
        if (equals == std::string::npos) {
            std::fill(metrics.begin(), metrics.end(), metric);
            continue;
        }
        const auto task = std::find(tasks.begin(), tasks.end(), text.substr(0, equals));
        if (task == tasks.end()) {
            std::string all;
            for (const std::string& known : tasks)
                all += (all.empty() ? "" : ", ") + shown(known);
            return failure(wrongUsage("--metric: the study has no task \"" + shown(text.substr(0, equals)) + "\"",
                                      "its tasks: " + all));
        }
        metrics[static_cast<std::size_t>(task - tasks.begin())] = metric;
    }
    return metrics;
}

} // namespace hilo
