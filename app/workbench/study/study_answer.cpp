// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_answer.h"

#include "base/json.h"
#include "data/benchmark.h"
#include "index/run_reader.h"
#include "run/run_event.h"
#include "study/collect.h"
#include "study/study_store.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <numeric>
#include <set>

namespace hilo {
namespace {

namespace fs = std::filesystem;

/// What was published about a study's benchmarks by the protocols that it asks. Sources print percents.
void addPublishedResults(const Study& study, StudyAnswer& answer)
{
    for (std::size_t task = 0; task < study.spec.tasks.size(); ++task) {
        const std::string& name = study.spec.tasks[task].data.benchmark;
        if (name.empty())
            continue;
        const auto chosen = findBenchmark(name);
        if (!chosen)
            continue; // one of another version: its numbers are not known here
        for (const PublishedResult& one : chosen->benchmark->published)
            if (one.protocol == chosen->protocol->name) {
                answer.published.push_back(
                    {task, one.method, one.model, one.source, one.value / 100, one.trainableParameters});
                answer.results.push_back({task, one});
            }
    }
}

std::string newestOf(const Project& project, const std::vector<std::string>& names)
{
    std::string newest;
    fs::file_time_type latest{};
    for (const std::string& name : names) {
        std::error_code code;
        const auto time = fs::last_write_time(studyFile(project, name), code);
        if (!code && (newest.empty() || time > latest)) {
            newest = name;
            latest = time;
        }
    }
    return newest;
}

Result<StudyAnswer> readStudyAnswer(const std::string& folder, const std::string& wanted, bool isWhole)
{
    HILO_TRY(const Project project, Project::open(folder));
    const std::vector<std::string> names = studyNames(project);
    StudyAnswer answer;
    for (const std::string& name : names)
        answer.names << QString::fromStdString(name);
    const bool isThere = std::find(names.begin(), names.end(), wanted) != names.end();
    const std::string name = isThere ? wanted : newestOf(project, names);
    if (name.empty())
        return answer;
    HILO_TRY(const Study study, readStudy(project, name));
    HILO_TRY(RunReader reader, RunReader::open(project));
    auto view = std::make_shared<StudyView>();
    view->isWhole = isWhole;
    HILO_TRY(view->observations, collectStudy(study, project, reader, isWhole));
    if (isWhole) {
        HILO_TRY(view->summary, summarise(view->observations));
    } else {
        view->summary = meansOf(view->observations);
    }
    answer.name = QString::fromStdString(name);
    answer.view = std::move(view);
    for (const StudyRun& run : study.runs)
        if (const QString id = QString::fromStdString(run.run); !answer.runs.contains(id))
            answer.runs << id;
    answer.commands = study.commands;
    addPublishedResults(study, answer);
    return answer;
}

} // namespace

StudySummary meansOf(const StudyObservations& observations)
{
    StudySummary summary;
    const auto& tasks = observations.tasks;
    summary.rows.resize(observations.allocations.size());
    for (StudyRow& row : summary.rows)
        row.cells.resize(tasks.size());
    std::set<std::string> runs;
    for (const StudyObservation& one : observations.values) {
        if (!std::isfinite(one.value))
            continue;
        StudyCell& cell = summary.rows[one.allocation].cells[one.task];
        cell.seeds.push_back(one.seed);
        cell.values.push_back(one.value);
        cell.runs.push_back(one.run);
        runs.insert(one.run);
    }
    summary.finishedRuns = runs.size();
    const bool isOneMetric = !tasks.empty() && std::all_of(tasks.begin(), tasks.end(), [&tasks](const StudyTask& task) {
        return task.metric.metric == tasks.front().metric.metric;
    });
    summary.unit = isOneMetric && tasks.front().metric.isShare() ? "%" : "";
    summary.lowerIsBetter = isOneMetric && tasks.front().metric.lowerIsBetter();
    for (StudyRow& row : summary.rows) {
        double sum = 0;
        bool isFull = isOneMetric;
        for (StudyCell& cell : row.cells) {
            isFull = isFull && !cell.values.empty();
            if (cell.values.empty())
                continue;
            const double mean =
                std::accumulate(cell.values.begin(), cell.values.end(), 0.0) / static_cast<double>(cell.values.size());
            cell.mean = StudyInterval{mean, {}, {}};
            sum += mean;
        }
        if (isFull)
            row.mean = StudyInterval{sum / static_cast<double>(tasks.size()), {}, {}};
    }
    return summary;
}

Result<StudyAnswer> askForStudy(const std::string& folder, const std::string& wanted)
{
    return readStudyAnswer(folder, wanted, true);
}

Result<StudyAnswer> glanceAtStudy(const std::string& folder, const std::string& wanted)
{
    return readStudyAnswer(folder, wanted, false);
}

Result<TaskLoadMap> readTaskLoads(const std::string& runFolder)
{
    const fs::path file = fs::path(runFolder) / "routing.json";
    std::error_code code;
    if (!fs::exists(file, code))
        return TaskLoadMap();
    HILO_TRY(Json document, readJsonFile(file));
    if (!document.is_object())
        return failure(badInput(file.string(), {}, "This is no JSON object.", "Training writes it anew."));
    document["event"] = "routing";
    const RunEvent event = readRunEvent(document);
    const auto* routing = std::get_if<RunEvent::Routing>(&event.what);
    return routing ? routing->tasks : TaskLoadMap();
}

} // namespace hilo
