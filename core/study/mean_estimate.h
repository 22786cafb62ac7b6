// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/study_bootstrap.h"
#include "study/summary.h"

#include <optional>
#include <vector>

namespace hilo {

/// What a mean over tasks takes from one task: the observations of one allocation, less those of another one with the
/// same seeds where it is a difference.
struct TaskTerm
{
    std::size_t task = 0;
    std::vector<std::int64_t> seeds; ///< rising
    std::vector<std::size_t> plus;   ///< an observation a seed
    std::vector<std::size_t> minus;  ///< an observation a seed; empty: nothing is taken off
    bool rows = false;               ///< whether all of them say which test rows were right

    /// Of each seed.
    std::vector<double> values(const StudyTable& table) const;
};

/// The term of a cell; nothing where no run of it has finished.
std::optional<TaskTerm> termOf(const StudyTable& table, std::size_t allocation, std::size_t task);
/// The same less another allocation's, over the seeds that both have; nothing where there is none.
std::optional<TaskTerm> termOf(const StudyTable& table, std::size_t allocation, std::size_t from, std::size_t task);

/// A mean over tasks (each the mean over its seeds) and how sure it is.
struct MeanEstimate
{
    double value = 0;
    /// Of the bootstrap over seeds and rows. None where a task has one seed and no rows: nothing says how sure it is.
    std::optional<double> standardError;
    /// Of freedom: Satterthwaite's, of the variance between seeds (few) and that between rows (many).
    std::optional<double> degrees;
    bool singleSeed = false; ///< in one task or more: what seeds change is not in the standard error there

    /// value +- t(0.975, degrees) * standardError
    StudyInterval interval() const;
    /// Two-sided p that the true value is 0; none without a standard error, or where it is 0 and the value is not.
    std::optional<double> p() const;
};
MeanEstimate estimateOf(const StudyTable& table, StudyBootstrap& bootstrap, const std::vector<TaskTerm>& terms);

/// The term's value in a replicate: seeds and rows drawn.
double replicateOf(const TaskTerm& term, StudyBootstrap& bootstrap, const SeedWeights& weights, std::size_t replicate);

/// A variance between few units as a part of another one: sum of s^2 / n, and its degrees of freedom.
struct SeedVariance
{
    double variance = 0;
    double degrees = 0;      ///< Satterthwaite's over the tasks
    bool isComplete = false; ///< every task has two seeds or more
    bool isPooled = false;   ///< of several tasks whose seeds are independent of one another
};
/// Of the mean over the terms' tasks. In a joint study a run's tasks share their seed, so seeds are compared by their
/// mean over the tasks; else each task's seeds are its own.
SeedVariance seedVarianceOf(const StudyTable& table, const std::vector<TaskTerm>& terms);

} // namespace hilo
