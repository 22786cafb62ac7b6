// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/run_reader.h"
#include "study/study.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace hilo {

/// The metric that decides on validation data what a study goes on with: the run spec's evaluation.metric; where that
/// is auto loss, and preference_loss of preferences.
std::string validationMetric(const RunSpec& spec);

/// Whether the study may look at a task's validation rows: not where they are what its benchmark is scored on.
bool hasOwnValidation(const TaskSpec& task);

/// What runs are over, and the values of finished ones on validation data: the last one of each task, as a mean over
/// the tasks that have one.
class ValidationValues
{
  public:
    static Result<ValidationValues> of(const Study& study, RunReader& reader);

    /// Finished or failed, and not queued any more.
    bool isOver(const std::string& run) const { return over_.contains(run); }
    /// Nothing where it has none: failed, or without validation rows.
    Result<std::optional<double>> valueOf(const StudyRun& run);
    /// The mean over these runs that have one.
    Result<std::optional<double>> meanOf(const std::vector<const StudyRun*>& runs);
    bool isBetter(double value, double other) const;

  private:
    ValidationValues(const Study& study, RunReader& reader) : study_(&study), reader_(&reader) {}
    const Study* study_;
    RunReader* reader_;
    std::set<std::string> over_;
};

} // namespace hilo
