// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_merge.h"

#include "base/shown_text.h"
#include "run/run_settings.h"
#include "study/equal_runs.h"

#include <algorithm>
#include <map>

namespace hilo {
namespace {

Error differs(const std::string& what)
{
    return wrongUsage("the study that there is and the one to join to it differ in " + what,
                      "import it under another --name");
}

/// Of one task, or of none.
Result<std::string> hashOf(const Study& study, const TaskSpec* task)
{
    RunSpec spec = study.spec;
    spec.map = {};
    spec.tasks.clear();
    if (task)
        spec.tasks.push_back(*task);
    return settingsHash(std::move(spec));
}

bool areEqual(const std::optional<RateSearch>& one, const std::optional<RateSearch>& other)
{
    if (!one || !other)
        return !one && !other;
    return one->rates == other->rates && one->steps == other->steps && one->epochs == other->epochs &&
           one->seed == other->seed;
}

Status checkSettings(const Study& study, const Study& other)
{
    if (study.joint != other.joint)
        return failure(differs("whether runs train all tasks together"));
    if (study.equal != other.equal)
        return failure(differs("what allocations have in common"));
    if (study.halving != other.halving)
        return failure(differs("halving"));
    if (!areEqual(study.search, other.search))
        return failure(differs("the search of learning rates"));
    HILO_TRY(const std::string own, hashOf(study, nullptr));
    HILO_TRY(const std::string theirs, hashOf(other, nullptr));
    if (own != theirs)
        return failure(differs("the run spec's settings"));
    return {};
}

/// The place in this study of each of the other's tasks.
Result<std::vector<std::size_t>> mergeTasks(Study& study, const Study& other)
{
    std::vector<std::size_t> places;
    for (std::size_t task = 0; task < other.spec.tasks.size(); ++task) {
        const std::string name = nameOfTask(other.spec.tasks[task]);
        const auto known = std::find_if(study.spec.tasks.begin(), study.spec.tasks.end(),
                                        [&name](const TaskSpec& one) { return nameOfTask(one) == name; });
        places.push_back(static_cast<std::size_t>(known - study.spec.tasks.begin()));
        if (known == study.spec.tasks.end()) {
            study.spec.tasks.push_back(other.spec.tasks[task]);
            study.metrics.push_back(other.metrics[task]);
            continue;
        }
        HILO_TRY(const std::string own, hashOf(study, &*known));
        HILO_TRY(const std::string theirs, hashOf(other, &other.spec.tasks[task]));
        if (own != theirs)
            return failure(differs("the settings of task " + shown(name)));
        if (study.metrics[places.back()] != other.metrics[task])
            return failure(differs("what is compared on task " + shown(name)));
    }
    return places;
}

Status mergeSources(Study& study, const Study& other)
{
    for (const StudySource& source : other.sources) {
        const auto known = std::find_if(study.sources.begin(), study.sources.end(),
                                        [&source](const StudySource& one) { return one.label == source.label; });
        if (known == study.sources.end())
            study.sources.push_back(source);
        else if (known->strategy != source.strategy || known->map != source.map)
            return failure(differs("what allocation " + shown(source.label) + " is"));
    }
    return {};
}

/// The place in this study of each of the other's arms.
Result<std::vector<std::size_t>> mergeArms(Study& study, const Study& other)
{
    std::vector<std::size_t> places;
    for (const StudyArm& arm : other.arms) {
        const auto known = std::find_if(study.arms.begin(), study.arms.end(), [&arm](const StudyArm& one) {
            return one.label == arm.label && one.budget == arm.budget;
        });
        places.push_back(static_cast<std::size_t>(known - study.arms.begin()));
        if (known == study.arms.end()) {
            study.arms.push_back(arm);
            continue;
        }
        if (known->map.layers != arm.map.layers || known->map.settings != arm.map.settings)
            return failure(differs("the map of " + describedArm(arm)));
        if (known->learningRate && arm.learningRate && *known->learningRate != *arm.learningRate)
            return failure(differs("the learning rate that was found for " + describedArm(arm) + ": " +
                                   shownNumber(*known->learningRate) + " and " + shownNumber(*arm.learningRate)));
        if (!known->learningRate)
            known->learningRate = arm.learningRate;
        if (!known->droppedAfter)
            known->droppedAfter = arm.droppedAfter;
    }
    return places;
}

template <class T>
void addMissing(std::vector<T>& known, const std::vector<T>& more)
{
    for (const T& one : more)
        if (std::find(known.begin(), known.end(), one) == known.end())
            known.push_back(one);
}

} // namespace

Result<std::vector<StudyRun>> mergeStudies(Study& study, const Study& other)
{
    HILO_CHECK(checkSettings(study, other));
    const std::size_t before = study.spec.tasks.size();
    HILO_TRY(const std::vector<std::size_t> tasks, mergeTasks(study, other));
    if (study.joint && (study.spec.tasks.size() != before || tasks.size() != before))
        return failure(differs("the tasks that each of their runs trains"));
    HILO_CHECK(mergeSources(study, other));
    HILO_TRY(const std::vector<std::size_t> arms, mergeArms(study, other));
    addMissing(study.budgets, other.budgets);
    addMissing(study.seeds, other.seeds);
    addMissing(study.commands, other.commands);
    std::vector<StudyRun> runs = other.runs;
    for (StudyRun& run : runs) {
        run.arm = arms[run.arm];
        if (run.task)
            run.task = tasks[*run.task];
    }
    return runs;
}

} // namespace hilo
