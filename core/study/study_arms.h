// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/profile.h"
#include "formats/model_config.h"
#include "study/study.h"
#include "study/study_note.h"

#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// What --strategy says, "LABEL=" before it or not; the label is else the name of the map that the strategy makes.
/// budget: trainable parameters for a strategy that makes none without a budget.
Result<StudySource> sourceOfStrategy(const std::string& text, const ModelConfig& model,
                                     const std::vector<ComplexityProfile>& profiles,
                                     std::optional<std::int64_t> budget = {});
/// The budget of a study that names none: what its first allocation has by itself.
Result<std::int64_t> ownBudget(const StudySource& first, const ModelConfig& model,
                               const std::vector<ComplexityProfile>& profiles);
/// What --map says: FILE or LABEL=FILE; the label is else the map's name. The map is checked against the model.
Result<StudySource> sourceOfMap(const std::string& text, const ModelConfig& model);

/// Errors: a label that is empty, too long or there twice.
Status checkLabels(const std::vector<StudySource>& sources);

/// The study's sources at its budgets, those that it has no arm of yet, behind the others; and its budget, where it has
/// none and needs one: what the first source has of itself. notes: what the maps say of themselves, with the arm
/// before it. Errors: a budget that an allocation cannot meet, with the arm as place.
Status makeArms(Study& study, const ModelConfig& model, const std::vector<ComplexityProfile>& profiles,
                std::vector<StudyNote>& notes);

/// Has runs measured on validation data at their end, too, where they are not measured on the way.
void measureValidation(RunSpec& spec);

/// Whether arms take steps of different sizes; nothing where they do not, or where each one's rate is searched.
std::optional<StudyNote> scaleNote(const Study& study);

} // namespace hilo
