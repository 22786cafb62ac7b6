// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/collect.h"

#include "base/log.h"
#include "data/benchmark.h"
#include "run/expert_scale.h"
#include "run/right_rows.h"
#include "study/study_runs.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace hilo {
namespace {

/// The numbers of every task of a run by metric.
using TaskScores = std::map<std::size_t, std::map<std::string, double>>;

TaskScores scoresOf(const Study& study, const StudyRun& run, const std::vector<FinalScore>& scores)
{
    TaskScores byTask;
    for (const FinalScore& score : scores) {
        if (run.task) {
            // A run of one task need not name it.
            byTask[*run.task][score.metric] = score.value;
            continue;
        }
        for (std::size_t task = 0; task < study.spec.tasks.size(); ++task)
            if (nameOfTask(study.spec.tasks[task]) == score.task || study.spec.tasks.size() == 1)
                byTask[task][score.metric] = score.value;
    }
    return byTask;
}

/// What other programs measured of the run, as numbers of each of its tasks: "lm_eval.acc@arc_easy".
void addImported(const Study& study, const StudyRun& run, const std::vector<FinalScore>& imported, TaskScores& byTask)
{
    for (const FinalScore& score : imported)
        for (std::size_t task = 0; task < study.spec.tasks.size(); ++task)
            if (!run.task || *run.task == task)
                byTask[task][MetricChoice{score.metric, score.task}.text()] = score.value;
}

std::string metricOf(const Study& study, std::size_t task, const std::vector<TaskScores>& all)
{
    if (!study.metrics[task].empty())
        return study.metrics[task];
    if (const std::string& name = study.spec.tasks[task].data.benchmark; !name.empty())
        if (const auto chosen = findBenchmark(name))
            return chosen->protocol->metric;
    bool any = false;
    for (const char* metric : {"accuracy", "exact_match", "rouge_l", "reward_accuracy", "loss"}) {
        bool everywhere = true;
        for (const TaskScores& scores : all)
            if (const auto found = scores.find(task); found != scores.end()) {
                any = true;
                everywhere = everywhere && found->second.contains(metric);
            }
        if (any && everywhere)
            return metric;
    }
    return MetricChoice().metric;
}

/// Right answers of the rows of every task of a run, where they are the rows of the runs before it.
class RowCollector
{
  public:
    RowCollector(const Study& study, const Project& project) : study_(study), project_(project) {}

    std::vector<bool> rightOf(const std::string& run, std::size_t task, const std::string& metric)
    {
        if (run != read_) {
            read_ = run;
            rows_.clear();
            const auto folder = project_.pathOfRun(run);
            auto rows = folder ? readRightRows(*folder) : Result<std::vector<RightRows>>();
            if (rows)
                rows_ = std::move(*rows);
            else
                logger("study")->warn("{}", describe(rows.error()));
        }
        const std::string name = nameOfTask(study_.spec.tasks[task]);
        const auto own =
            std::find_if(rows_.begin(), rows_.end(), [&name](const RightRows& one) { return one.task == name; });
        if (own == rows_.end() || !own->right.contains(metric))
            return {};
        // Rows are compared with one another: those of changed data are others.
        if (known_.emplace(task, own->rowsSha256).first->second != own->rowsSha256) {
            logger("study")->warn("{}: its rows of {} are not those of the runs before it, and are left out of what is "
                                  "compared row by row",
                                  run, name);
            return {};
        }
        return own->right.at(metric);
    }

  private:
    const Study& study_;
    const Project& project_;
    std::string read_;
    std::vector<RightRows> rows_;
    std::map<std::size_t, std::string> known_;
};

/// Places of the study's arms in the order of the observations.
std::vector<std::size_t> orderedArms(const Study& study)
{
    const auto placeOf = [&study](const StudyArm& arm) {
        const auto budget = std::find(study.budgets.begin(), study.budgets.end(), arm.budget.value_or(0));
        const auto source = std::find_if(study.sources.begin(), study.sources.end(),
                                         [&arm](const StudySource& one) { return one.label == arm.label; });
        return std::pair(budget - study.budgets.begin(), source - study.sources.begin());
    };
    std::vector<std::size_t> order(study.arms.size());
    for (std::size_t arm = 0; arm < order.size(); ++arm)
        order[arm] = arm;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t one, std::size_t other) {
        return placeOf(study.arms[one]) < placeOf(study.arms[other]);
    });
    return order;
}

} // namespace

Result<StudyObservations> collectStudy(const Study& study, const Project& project, RunReader& reader, bool withRows)
{
    StudyObservations observations{study.name, study.joint, {}, {}, study.seeds, {}, expectedRuns(study)};
    const std::vector<std::size_t> order = orderedArms(study);
    std::vector<std::size_t> placeOfArm(order.size());
    for (std::size_t place = 0; place < order.size(); ++place) {
        const StudyArm& arm = study.arms[order[place]];
        placeOfArm[order[place]] = place;
        observations.allocations.push_back(
            {arm.label, arm.budget, arm.trainable, arm.active, arm.totalRank,
             arm.learningRate.value_or(study.spec.training.learningRate), meanExpertScale(arm.map, study.spec.training),
             study.search && arm.learningRate ? study.search->rates : std::vector<double>()});
    }
    std::vector<const StudyRun*> runs;
    std::vector<TaskScores> scores;
    for (const StudyRun& run : study.runs) {
        if (run.rate)
            continue;
        HILO_TRY(const std::vector<FinalScore> found, reader.finalScores(run.run));
        runs.push_back(&run);
        scores.push_back(scoresOf(study, run, found));
        HILO_TRY(const std::vector<FinalScore> imported, reader.importedScores(run.run));
        addImported(study, run, imported, scores.back());
    }
    RowCollector rows(study, project);
    for (std::size_t task = 0; task < study.spec.tasks.size(); ++task)
        observations.tasks.push_back({nameOfTask(study.spec.tasks[task]), {metricOf(study, task, scores), {}}});
    for (std::size_t index = 0; index < runs.size(); ++index)
        for (const auto& [task, byMetric] : scores[index]) {
            const std::string& metric = observations.tasks[task].metric.metric;
            const auto value = byMetric.find(metric);
            if (value == byMetric.end())
                continue;
            const StudyRun& run = *runs[index];
            observations.values.push_back({placeOfArm[run.arm], task, run.seed, value->second, run.run,
                                           withRows ? rows.rightOf(run.run, task, metric) : std::vector<bool>()});
        }
    // Runs were planned as seeds, tasks and allocations came; what is said of them does not depend on that.
    std::stable_sort(observations.values.begin(), observations.values.end(),
                     [](const StudyObservation& one, const StudyObservation& other) {
                         return std::tie(one.allocation, one.task, one.seed) <
                                std::tie(other.allocation, other.task, other.seed);
                     });
    return observations;
}

} // namespace hilo
