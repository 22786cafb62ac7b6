// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "study/observations.h"
#include "study/study_note.h"

#include <map>
#include <string>
#include <vector>

namespace hilo {

/// A study's observations by cell, checked; what statistics are made of.
class StudyTable
{
  public:
    /// Values that are no numbers are left out with a note. internal: an allocation or task that there is not; two
    /// observations of one allocation, task and seed.
    static Result<StudyTable> of(const StudyObservations& observations);

    const StudyObservations& observations() const { return *observations_; }
    std::size_t allocations() const { return observations_->allocations.size(); }
    std::size_t tasks() const { return observations_->tasks.size(); }
    /// Observations of a cell by seed: indices into StudyObservations::values.
    const std::map<std::int64_t, std::size_t>& cell(std::size_t allocation, std::size_t task) const
    {
        return cells_[allocation * tasks() + task];
    }
    const StudyObservation& observation(std::size_t index) const { return observations_->values[index]; }
    /// Test rows of a task that its runs can be compared by; 0 where they cannot.
    std::size_t rows(std::size_t task) const { return rows_[task]; }
    /// Whether an observation says which rows were right, and the task's rows can be used.
    bool hasRows(std::size_t index) const;
    bool lowerIsBetter(std::size_t task) const { return observations_->tasks[task].metric.lowerIsBetter(); }
    const std::vector<StudyNote>& notes() const { return notes_; }

  private:
    void findRows();

    const StudyObservations* observations_ = nullptr;
    std::vector<std::map<std::int64_t, std::size_t>> cells_;
    std::vector<std::size_t> rows_;
    std::vector<StudyNote> notes_;
};

} // namespace hilo
