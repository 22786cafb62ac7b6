// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_changes.h"

#include "allocation/budget.h"
#include "allocation/strategy_settings.h"
#include "base/shown_text.h"
#include "data/data_files.h"
#include "run/expert_scale.h"
#include "run/run_id.h"
#include "study/rate_search.h"
#include "study/study_arms.h"
#include "study/study_tasks.h"
#include "study/validation_value.h"

#include <algorithm>
#include <filesystem>

namespace hilo {
namespace fs = std::filesystem;
namespace {

/// A spec is read with a map; that of a study is each arm's.
Json emptyMap()
{
    return {{"format", "hilo.allocation/1"},
            {"name", "none"},
            {"strategy", {{"name", "manual"}, {"settings", Json::object()}}},
            {"model", {{"architecture", ""}, {"layers", 1}}},
            {"layers", {{{"layer", 0}, {"modules", Json::object()}}}}};
}

std::vector<std::string> namesOfTasks(const RunSpec& spec)
{
    std::vector<std::string> names;
    for (const TaskSpec& task : spec.tasks)
        names.push_back(nameOfTask(task));
    return names;
}

Status checkData(const TaskSpec& task)
{
    const auto files = findDataFiles(task.data);
    if (files)
        return {};
    Error error = files.error();
    error.place = "task " + nameOfTask(task) + (error.place.empty() ? "" : ": " + error.place);
    return failure(std::move(error));
}

/// Adds those that are new. twice: what to say of one that is there twice in what was asked for.
template <class Number>
Status addNumbers(std::vector<Number>& known, const std::vector<Number>& asked, const std::string& what)
{
    for (auto number = asked.begin(); number != asked.end(); ++number) {
        if (std::find(asked.begin(), number, *number) != number)
            return failure(wrongUsage("the " + what + " " + std::to_string(*number) + " is there twice",
                                      "name each " + what + " once"));
        if (std::find(known.begin(), known.end(), *number) == known.end())
            known.push_back(*number);
    }
    return {};
}

Status addSeeds(Study& study, const std::vector<std::int64_t>& seeds)
{
    for (const std::int64_t seed : seeds)
        if (seed < 0)
            return failure(wrongUsage("a seed is a whole number from 0, not " + std::to_string(seed)));
    return addNumbers(study.seeds, seeds, "seed");
}

Status addBudgets(Study& study, const std::vector<std::string>& texts, const ModelConfig& model)
{
    if (study.equal == EqualSize::None && !texts.empty())
        return failure(wrongUsage("--equal none compares allocations as they are, and a budget would scale them",
                                  "leave --budget or --equal none out"));
    std::vector<std::int64_t> budgets;
    for (const std::string& text : texts) {
        HILO_TRY(budgets.emplace_back(), parseBudget(text, model));
    }
    return addNumbers(study.budgets, budgets, "budget");
}

Status addSources(Study& study, const StudyRequest& request, const ModelConfig& model,
                  const std::vector<ComplexityProfile>& profiles)
{
    std::optional<std::int64_t> budget;
    if (!study.budgets.empty())
        budget = *std::max_element(study.budgets.begin(), study.budgets.end());
    std::vector<StudySource> asked;
    for (const std::string& text : request.strategies) {
        const StudySource* const first = !study.sources.empty() ? &study.sources.front()
                                         : !asked.empty()       ? &asked.front()
                                                                : nullptr;
        if (!budget && first && study.equal != EqualSize::None) {
            HILO_TRY(budget, ownBudget(*first, model, profiles));
        }
        HILO_TRY(asked.emplace_back(), sourceOfStrategy(text, model, profiles, budget));
    }
    for (const std::string& text : request.maps) {
        HILO_TRY(asked.emplace_back(), sourceOfMap(text, model));
    }
    HILO_CHECK(checkLabels(asked));
    for (StudySource& source : asked) {
        const auto known = std::find_if(study.sources.begin(), study.sources.end(),
                                        [&source](const StudySource& one) { return one.label == source.label; });
        if (known == study.sources.end()) {
            study.sources.push_back(std::move(source));
            continue;
        }
        if (known->strategy != source.strategy || known->map != source.map)
            return failure(wrongUsage("the study has another allocation that is called \"" + shown(source.label) + "\"",
                                      "give the new one another label: --strategy LABEL=NAME:…, --map LABEL=FILE"));
    }
    return {};
}

Status setScale(Study& study, const std::string& scale)
{
    TrainingSpec& training = study.spec.training;
    if (scale == "run")
        return {};
    const auto number = parseNumber(scale);
    if (scale != "same" && !(number && *number > 0 && *number <= 1e6))
        return failure(wrongUsage("--scale expects run, same or a number above 0, not \"" + shown(scale) + "\""));
    const double first = meanExpertScale(study.arms.front().map, training);
    training.scaling = ScalingMode::Constant;
    training.constantScale = number.value_or(first);
    return {};
}

Status addTasks(Study& study, const StudyRequest& request)
{
    // Read as part of a spec of the study's, so that a benchmark's split fits the others'.
    Json document = toJson(study.spec);
    document["map"] = emptyMap();
    const fs::path folder = fs::current_path();
    HILO_TRY(document, withTasks(std::move(document), request.tasks, "--task"));
    document["map"] = emptyMap();
    HILO_TRY(RunSpec spec, parseRunSpec(document, "--task", folder));
    HILO_TRY(const std::vector<std::string> metrics, chosenMetrics(request.metrics, namesOfTasks(spec)));
    for (std::size_t index = 0; index < spec.tasks.size(); ++index) {
        const TaskSpec& task = spec.tasks[index];
        const auto known = std::find_if(study.spec.tasks.begin(), study.spec.tasks.end(),
                                        [&task](const TaskSpec& one) { return nameOfTask(one) == nameOfTask(task); });
        if (known != study.spec.tasks.end()) {
            if (toJson(known->data) != toJson(task.data))
                return failure(wrongUsage("the study has a task \"" + shown(nameOfTask(task)) + "\" with other data",
                                          "give the new one another name"));
            continue;
        }
        if (study.joint)
            return failure(wrongUsage("a joint study's runs train all of its tasks: one more makes them other runs",
                                      "make a new study with all tasks"));
        HILO_CHECK(checkData(task));
        study.spec.tasks.push_back(task);
        study.metrics.push_back(metrics[index]);
    }
    return {};
}

} // namespace

Result<RunSpec> studySpec(const StudyRequest& request)
{
    HILO_TRY(Json document, readJsonFile(request.run));
    HILO_TRY(document, withTasks(std::move(document), request.tasks, request.run));
    document["map"] = emptyMap();
    std::error_code code;
    const fs::path file = fs::absolute(request.run, code);
    HILO_TRY(RunSpec spec, parseRunSpec(document, request.run, file.parent_path()));
    for (const TaskSpec& task : spec.tasks)
        HILO_CHECK(checkData(task));
    return spec;
}

Result<Study> newStudy(const StudyRequest& request, RunSpec spec, const ModelConfig& model,
                       const std::vector<ComplexityProfile>& profiles, std::vector<StudyNote>& notes)
{
    Study study;
    study.name = request.name;
    if (!checkRunId(study.name))
        return failure(
            wrongUsage("\"" + shown(study.name) + "\" cannot be the name of a study",
                       "use at most 100 letters, digits, '.', '_' and '-', the first one a letter or a digit"));
    study.joint = request.joint;
    study.commands = {request.command};
    study.halving = request.halving;
    HILO_TRY(study.equal, parseEqualSize(request.equal));
    study.spec = std::move(spec);
    HILO_TRY(study.metrics, chosenMetrics(request.metrics, namesOfTasks(study.spec)));
    if (request.seeds.empty())
        return failure(wrongUsage("a study needs at least one seed", "for example --seeds 1,2,3"));
    HILO_CHECK(addSeeds(study, request.seeds));
    HILO_CHECK(addBudgets(study, request.budgets, model));
    HILO_CHECK(addSources(study, request, model, profiles));
    HILO_CHECK(makeArms(study, model, profiles, notes));
    HILO_CHECK(setScale(study, request.scale));
    if (!request.rates.empty()) {
        HILO_TRY(study.search, rateSearch(study.spec, request.rates, request.rateSteps, request.rateSeed));
    }
    if (study.halving && std::none_of(study.spec.tasks.begin(), study.spec.tasks.end(), hasOwnValidation))
        return failure(wrongUsage("halving goes by validation data, and every task is scored on its own: " +
                                      taskNames(study.spec.tasks),
                                  "leave --halving out"));
    if (study.halving)
        measureValidation(study.spec);
    if (auto note = scaleNote(study))
        notes.push_back(std::move(*note));
    return study;
}

Status extendStudy(Study& study, const StudyRequest& request, const ModelConfig& model,
                   const std::vector<ComplexityProfile>& profiles, std::vector<StudyNote>& notes)
{
    if (!request.tasks.empty())
        HILO_CHECK(addTasks(study, request));
    HILO_CHECK(addSeeds(study, request.seeds));
    HILO_CHECK(addBudgets(study, request.budgets, model));
    HILO_CHECK(addSources(study, request, model, profiles));
    HILO_CHECK(makeArms(study, model, profiles, notes));
    study.commands.push_back(request.command);
    if (auto note = scaleNote(study))
        notes.push_back(std::move(*note));
    return {};
}

} // namespace hilo
