// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_runs.h"

#include "base/sha256.h"
#include "project/archive.h"
#include "project/portable_spec.h"
#include "queue/run_queue.h"
#include "run/run_id.h"
#include "run/run_settings.h"
#include "study/equal_runs.h"
#include "study/halving.h"
#include "study/rate_search.h"

#include <algorithm>
#include <map>
#include <set>

namespace hilo {
namespace fs = std::filesystem;
namespace {

/// What tells runs apart that are not the same: the hash of their spec, and the seed.
using SpecKey = std::pair<std::string, std::int64_t>;

/// The hash that the index has of a run made from this spec.
Result<std::string> groupOf(const RunSpec& spec, const Project& project)
{
    // As Project::addRun() does it: read back, with the paths of a run folder, whichever it is.
    HILO_TRY(const RunSpec read, parseRunSpec(toJson(spec), "a run of the study", project.folder()));
    return repeatGroupOf(toJson(portableSpec(read, project.folder(), project.runsFolder() / "run")));
}

/// Finds runs that are there, and ids that are free.
class RunNames
{
  public:
    static Result<RunNames> of(const Study& study, const Project& project, RunReader& reader)
    {
        RunNames names(project, reader);
        HILO_TRY(const std::vector<RunSummary> runs, reader.runs());
        for (const RunSummary& run : runs) {
            names.taken_.insert(run.id);
            // A failed run would fail again, but it is the study's to try.
            const bool isThere = run.state != "missing" && run.state != "damaged";
            if (isThere && run.seed)
                names.known_.emplace(SpecKey{run.repeatGroup, *run.seed}, run.id);
        }
        HILO_TRY(const std::vector<std::string> folders, project.runIds());
        names.taken_.insert(folders.begin(), folders.end());
        for (const StudyRun& run : study.runs)
            names.taken_.insert(run.run);
        return names;
    }

    Result<std::string> nameFor(const RunSpec& spec, const SpecKey& key, const std::string& text)
    {
        if (const auto found = known_.find(key); found != known_.end())
            return found->second;
        HILO_TRY(const std::optional<std::string> equal, equal_.find(spec));
        if (equal)
            return *equal;
        // Room for the number behind it.
        constexpr std::size_t longest = 80;
        std::string id = runIdFrom(text);
        if (text.size() > longest)
            id = id.substr(0, longest - 9) + "-" + sha256(text).substr(0, 8);
        std::string chosen = id;
        for (int number = 2; taken_.contains(chosen); ++number)
            chosen = id + "-" + std::to_string(number);
        taken_.insert(chosen);
        known_.emplace(key, chosen);
        return chosen;
    }

  private:
    RunNames(const Project& project, RunReader& reader) : equal_(project, reader) {}

    EqualRuns equal_; ///< whose paths are others
    std::map<SpecKey, std::string> known_;
    std::set<std::string> taken_;
};

std::string textFor(const Study& study, const StudyRun& run)
{
    const StudyArm& arm = study.arms[run.arm];
    std::string text = study.name + "-" + arm.label;
    if (arm.budget)
        text += "-" + std::to_string(*arm.budget);
    if (run.task)
        text += "-" + nameOfTask(study.spec.tasks[*run.task]);
    if (run.rate)
        text += "-lr" + shownNumber(*run.rate);
    return text + "-s" + std::to_string(run.seed);
}

/// Of one arm, seed and rate: a run for each task, or the joint one.
std::vector<StudyRun> cellsOf(const Study& study, std::size_t arm, std::int64_t seed, std::optional<double> rate)
{
    if (study.joint)
        return {{arm, std::nullopt, seed, rate, {}}};
    std::vector<StudyRun> cells;
    for (std::size_t task = 0; task < study.spec.tasks.size(); ++task)
        cells.push_back({arm, task, seed, rate, {}});
    return cells;
}

bool hasRun(const Study& study, const StudyRun& cell)
{
    return std::any_of(study.runs.begin(), study.runs.end(), [&cell](const StudyRun& run) {
        return run.arm == cell.arm && run.task == cell.task && run.seed == cell.seed && run.rate == cell.rate;
    });
}

std::size_t seedsOf(const Study& study, const StudyArm& arm)
{
    return arm.droppedAfter ? std::min(study.seeds.size(), static_cast<std::size_t>(*arm.droppedAfter))
                            : study.seeds.size();
}

} // namespace

Status planRuns(Study& study, const Project& project, RunReader& reader)
{
    HILO_CHECK(chooseRates(study, reader));
    HILO_TRY(const std::size_t seeds, halve(study, reader));
    std::vector<StudyRun> cells;
    const auto add = [&](std::size_t arm, std::int64_t seed, std::optional<double> rate) {
        for (StudyRun& cell : cellsOf(study, arm, seed, rate))
            if (!(rate && !isSearched(study, cell)) && !hasRun(study, cell))
                cells.push_back(std::move(cell));
    };
    for (std::size_t arm = 0; arm < study.arms.size(); ++arm)
        if (study.search && !study.arms[arm].learningRate)
            for (const double rate : study.search->rates)
                add(arm, study.search->seed, rate);
    // Seed by seed: what is there when the work is broken off compares all allocations.
    for (std::size_t seed = 0; seed < seeds; ++seed)
        for (std::size_t arm = 0; arm < study.arms.size(); ++arm)
            if ((!study.search || study.arms[arm].learningRate) && seed < seedsOf(study, study.arms[arm]))
                add(arm, study.seeds[seed], std::nullopt);
    HILO_TRY(RunNames names, RunNames::of(study, project, reader));
    for (StudyRun& cell : cells) {
        const RunSpec spec = specOf(study, cell);
        HILO_TRY(const std::string group, groupOf(spec, project));
        HILO_TRY(cell.run, names.nameFor(spec, {group, cell.seed}, textFor(study, cell)));
        study.runs.push_back(std::move(cell));
    }
    return {};
}

std::size_t expectedRuns(const Study& study)
{
    std::size_t count = 0;
    for (const StudyArm& arm : study.arms)
        count += seedsOf(study, arm) * (study.joint ? 1 : study.spec.tasks.size());
    return count;
}

Status addPlannedRuns(const Study& study, const Project& project)
{
    const std::vector<std::string> archived = archivedIds(project);
    std::error_code code;
    for (const StudyRun& run : study.runs) {
        HILO_TRY(const fs::path folder, project.pathOfRun(run.run));
        if (fs::exists(folder, code) || std::binary_search(archived.begin(), archived.end(), run.run))
            continue;
        RunSpec spec = specOf(study, run);
        spec.name = run.run;
        HILO_CHECK(project.addRun(spec, run.run, run.seed));
    }
    return {};
}

Result<std::int64_t> queuePlannedRuns(const Study& study, RunStore& store, bool again)
{
    HILO_TRY([[maybe_unused]] const ScanReport scanned, store.scan());
    HILO_TRY(RunReader reader, RunReader::open(store.project()));
    HILO_TRY(const std::vector<RunSummary> runs, reader.runs());
    std::map<std::string, const RunSummary*> byId;
    for (const RunSummary& run : runs)
        byId[run.id] = &run;
    std::set<std::string> wanted = {"new"};
    if (again)
        wanted.insert({"failed", "stopped", "interrupted"});
    std::set<std::string> seen;
    std::int64_t count = 0;
    for (const StudyRun& run : study.runs) {
        const auto found = byId.find(run.run);
        if (!seen.insert(run.run).second || found == byId.end() || found->second->queuePosition ||
            !wanted.contains(found->second->state))
            continue;
        HILO_CHECK(enqueue(store, run.run));
        ++count;
    }
    return count;
}

Result<StudyProgress> progressOf(const Study& study, RunReader& reader)
{
    HILO_TRY(const std::vector<RunSummary> runs, reader.runs());
    std::map<std::string, const RunSummary*> byId;
    for (const RunSummary& run : runs)
        byId[run.id] = &run;
    StudyProgress progress;
    std::set<std::string> seen;
    for (const StudyRun& run : study.runs) {
        if (!seen.insert(run.run).second)
            continue;
        const auto found = byId.find(run.run);
        const std::string state = found == byId.end() ? "" : found->second->state;
        // What an archived run has come to is what the index kept of it.
        const bool hasResult = found != byId.end() && state == "archived" && found->second->endedAt.has_value();
        if (state == "finished" || hasResult)
            ++progress.finished;
        else if (state == "failed" && !found->second->queuePosition)
            ++progress.failed;
        else
            ++progress.waiting;
    }
    return progress;
}

} // namespace hilo
