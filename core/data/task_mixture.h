// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace hilo {

/// How the tasks of a run share its rows: each one's share of an epoch is its weight times its rows (Proportional), 1
/// (Equal), or rows^(1/T) (Temperature: Raffel et al. 2020, 1910.10683 section 3.5.2, without their artificial limit).
enum class Mixing { Proportional, Equal, Temperature };

struct MixedTask
{
    std::int64_t rows = 0;
    double weight = 1;
};

/// Which rows an epoch has when several tasks are trained together; rows are numbered task after task. An epoch has as
/// many rows as all tasks together, and a task the whole number of them next to its share (largest remainders), at
/// least one. Proportional without weights each row comes once an epoch. Otherwise a task goes through all its rows in
/// an order drawn anew each time before any of them comes again, however its passes lie across the epochs. Everything
/// is a pure function of seed, epoch, sizes and weights, the same on every machine.
class TaskMixture
{
  public:
    /// One task that has all rows.
    TaskMixture() = default;
    /// Every task has rows and a weight above 0.
    TaskMixture(Mixing mixing, double temperature, std::vector<MixedTask> tasks);

    std::int64_t tasks() const { return tasks_.empty() ? 1 : static_cast<std::int64_t>(tasks_.size()); }
    /// Rows of each task in every epoch; empty for one task.
    const std::vector<std::int64_t>& rowsOfEpoch() const { return counts_; }
    /// At most so often a row of the task can come in one epoch.
    std::int64_t mostTimes(std::int64_t task) const;
    /// The task of a row.
    std::int64_t taskOf(std::int64_t row) const;
    /// The epoch's rows, task after task; some may come twice and some not at all. rows: how many there are.
    std::vector<std::int64_t> epochRows(std::uint64_t seed, std::int64_t epoch, std::int64_t rows) const;

  private:
    bool isEachOnce() const;

    std::vector<MixedTask> tasks_;
    std::vector<std::int64_t> begins_; ///< first row of each task
    std::vector<std::int64_t> counts_;
};

} // namespace hilo
