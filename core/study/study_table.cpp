// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_table.h"

#include <algorithm>
#include <cmath>

namespace hilo {

Result<StudyTable> StudyTable::of(const StudyObservations& observations)
{
    StudyTable table;
    table.observations_ = &observations;
    table.cells_.resize(observations.allocations.size() * observations.tasks.size());
    for (std::size_t i = 0; i < observations.values.size(); ++i) {
        const StudyObservation& one = observations.values[i];
        if (one.allocation >= observations.allocations.size() || one.task >= observations.tasks.size())
            return failure(internalError("The study's run " + one.run +
                                         " is of an allocation or a task that the study "
                                         "does not have."));
        const std::string where = observations.allocations[one.allocation].label + ", " +
                                  observations.tasks[one.task].name + ", seed " + std::to_string(one.seed);
        if (!std::isfinite(one.value)) {
            table.notes_.push_back(
                {StudyNoteKind::NotANumber,
                 {observations.allocations[one.allocation].label, observations.tasks[one.task].name, one.run},
                 {static_cast<double>(one.seed)}});
            continue;
        }
        if (!table.cells_[one.allocation * observations.tasks.size() + one.task].emplace(one.seed, i).second)
            return failure(internalError("The study has two values of " + where + "."));
    }
    table.findRows();
    return table;
}

void StudyTable::findRows()
{
    rows_.assign(tasks(), 0);
    for (std::size_t task = 0; task < tasks(); ++task) {
        const std::string& name = observations_->tasks[task].name;
        std::size_t rows = 0, withRows = 0, values = 0;
        bool equal = true, agrees = true;
        for (std::size_t allocation = 0; allocation < allocations(); ++allocation)
            for (const auto& [seed, index] : cell(allocation, task)) {
                const StudyObservation& one = observation(index);
                ++values;
                if (one.right.empty())
                    continue;
                ++withRows;
                equal = equal && (rows == 0 || rows == one.right.size());
                rows = one.right.size();
                const auto right = static_cast<double>(std::count(one.right.begin(), one.right.end(), true));
                agrees = agrees && std::abs(right / static_cast<double>(rows) - one.value) <= 1e-6;
            }
        if (!equal)
            notes_.push_back({StudyNoteKind::OtherRows, {name}, {}});
        else if (!agrees)
            notes_.push_back({StudyNoteKind::OtherPredictions, {name, observations_->tasks[task].metric.metric}, {}});
        else if (withRows > 0 && withRows < values)
            notes_.push_back({StudyNoteKind::MissingPredictions,
                              {name},
                              {static_cast<double>(values - withRows), static_cast<double>(values)}});
        if (equal && agrees)
            rows_[task] = rows;
    }
}

bool StudyTable::hasRows(std::size_t index) const
{
    const StudyObservation& one = observation(index);
    return rows_[one.task] > 0 && !one.right.empty();
}

} // namespace hilo
