// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/objective_spec.h"

#include "run/run_spec.h"

namespace hilo {
namespace {

constexpr const char* objectiveKey = "objective";
constexpr const char* automatic = "auto";

std::string objectiveNames()
{
    std::string all;
    for (const Objective* objective : objectives())
        all += (all.empty() ? "" : ", ") + objective->name;
    return all;
}

/// What compares answers needs all of both, and the same prompt each time.
Status checkTraining(const Objective& objective, const TrainingSpec& spec)
{
    if (objective.rows == ObjectiveRows::Answers)
        return {};
    const auto refused = [&](const char* name, const std::string& why, const std::string& hint) {
        return failure(badInput({}, std::string("training.") + name,
                                "does not go with the objective " + objective.name + ": " + why, hint));
    };
    if (spec.lossOn != LossOn::Answer)
        return refused("loss_on", "it learns from answers", "set loss_on to \"answer\"");
    if (spec.promptDropout > 0)
        return refused("prompt_dropout", "the reference has read whole prompts", "set prompt_dropout to 0");
    if (spec.cudaGraph)
        return refused("cuda_graph", "a step looks at its answers before it goes on", "set cuda_graph to false");
    if (objective.rows == ObjectiveRows::Judged && (spec.batchSize < 2 || spec.packing))
        return refused(spec.packing ? "packing" : "batch_size",
                       "prompts are paired with the next row's answer in a batch of a fixed number of rows",
                       spec.packing ? "set packing to false" : "set batch_size to 2 or more");
    return {};
}

const char* describedRows(ObjectiveRows rows)
{
    return rows == ObjectiveRows::Pairs    ? "pairs of a chosen and a rejected answer"
           : rows == ObjectiveRows::Judged ? "answers that somebody judged"
                                           : "answers";
}

} // namespace

Status parseObjective(const JsonObject& training, TrainingSpec& spec)
{
    ObjectiveSettings given;
    if (training.has(objectiveKey) && training.json()[objectiveKey].is_object()) {
        HILO_TRY(const JsonObject object, training.object(objectiveKey));
        HILO_TRY(spec.objective, object.text("name"));
        for (const auto& [name, value] : object.json().items())
            if (name != "name") {
                HILO_TRY(given[name], object.number(name, -1e9, 1e9));
            }
    } else {
        HILO_TRY(spec.objective, training.textOr(objectiveKey, spec.objective));
    }
    if (spec.objective == automatic) {
        if (!given.empty())
            return failure(training.errorAt(objectiveKey, "settings need an objective that they are of",
                                            "name one of " + objectiveNames()));
        return {};
    }
    const Objective* objective = findObjective(spec.objective);
    if (!objective)
        return failure(training.errorAt(objectiveKey,
                                        "\"" + spec.objective + "\" is not known; expected auto, " + objectiveNames()));
    auto settings = objective->complete(given);
    if (!settings)
        return failure(training.errorAt(std::string(objectiveKey) + "." + settings.error().place,
                                        settings.error().message, settings.error().hint));
    spec.objectiveSettings = std::move(*settings);
    Status checked = checkTraining(*objective, spec);
    if (!checked)
        checked.error().file = training.file();
    return checked;
}

Json objectiveToJson(const TrainingSpec& spec)
{
    if (spec.objectiveSettings.empty())
        return spec.objective;
    Json object = {{"name", spec.objective}};
    for (const auto& [name, value] : spec.objectiveSettings)
        object[name] = value;
    return object;
}

Status resolveObjective(ObjectiveRows rows, const std::string& templateName, TrainingSpec& spec)
{
    if (spec.objective == automatic) {
        const Objective& objective = usualObjective(rows);
        HILO_TRY(spec.objectiveSettings, objective.complete({}));
        spec.objective = objective.name;
        HILO_CHECK(checkTraining(objective, spec));
    }
    const Objective& objective = objectiveOf(spec);
    // The chosen answers of pairs can be learnt by themselves; the bad ones of judged answers must not be.
    if (objective.rows == rows || (objective.rows == ObjectiveRows::Answers && rows == ObjectiveRows::Pairs))
        return {};
    return failure(badInput({}, "training.objective",
                            "The objective " + objective.name + " learns from " + describedRows(objective.rows) +
                                ", and the template \"" + templateName + "\" makes " + describedRows(rows) + ".",
                            "Choose another objective (auto takes the one that fits), or another template."));
}

const Objective& usualObjective(ObjectiveRows rows)
{
    return *findObjective(rows == ObjectiveRows::Pairs ? "dpo" : rows == ObjectiveRows::Judged ? "kto" : "likelihood");
}

const Objective& objectiveOf(const TrainingSpec& spec)
{
    const Objective* found = findObjective(spec.objective);
    return found ? *found : *findObjective("likelihood");
}

} // namespace hilo
