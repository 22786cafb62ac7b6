// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"
#include "objectives/objective.h"

namespace hilo {

struct TrainingSpec;

/// The key "objective" of training: a name, or an object {"name": "dpo", "beta": 0.2} with settings over the
/// objective's defaults. Errors: no such objective or setting, a value out of range, and settings of the training that
/// do not go with it.
Status parseObjective(const JsonObject& training, TrainingSpec& spec);
/// As it is written out in full: "auto", "likelihood", or an object with every setting.
Json objectiveToJson(const TrainingSpec& spec);
/// Chooses the objective where that was left to the rows: likelihood, dpo for pairs, kto for judged answers. Errors:
/// the objective cannot learn from such rows, or a setting does not go with it. templateName: for messages.
Status resolveObjective(ObjectiveRows rows, const std::string& templateName, TrainingSpec& spec);
/// What the spec names; likelihood while it says "auto".
const Objective& objectiveOf(const TrainingSpec& spec);
/// What "auto" becomes: likelihood for answers, dpo for pairs, kto for judged answers.
const Objective& usualObjective(ObjectiveRows rows);

} // namespace hilo
