// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "study/observations.h"
#include "study/study_note.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// A number of a study and its 95 % interval, in the unit of the metric (shares: 0 to 1). Without ends nothing says how
/// sure the number is.
struct StudyInterval
{
    double value = 0;
    std::optional<double> low, high;
};

/// What one allocation reached on one task: a cell of the table.
struct StudyCell
{
    std::optional<StudyInterval> mean; ///< over the seeds; none: no run has finished
    std::vector<std::int64_t> seeds;   ///< that the mean is over
    std::vector<double> values;        ///< of each of these seeds
    std::vector<std::string> runs;     ///< ids, of each of these seeds
    std::size_t rows = 0;              ///< test rows that the interval knows of; 0: it knows of seeds only
    /// From the same task's cell of the first allocation, over the seeds that both have; none for the first one itself.
    std::optional<StudyInterval> difference;
    std::optional<double> differenceP; ///< two-sided, not corrected
};

/// A test that looks at one source of chance only.
struct StudyTest
{
    StudyInterval difference;
    std::optional<double> p; ///< two-sided; none: cannot be said
    std::string method;      ///< "Student, paired by seed", "McNemar, exact", …
    std::size_t count = 0;   ///< pairs of runs, test rows or tasks that it is over
};

/// Fewer pairs of runs are never called a difference. Two that agree by luck look surer than they are: 11 % of studies
/// of one task and two seeds without any difference would find one (docs/statistics.md).
inline constexpr std::size_t fewestPairsOfAClaim = 3;

enum class StudyVerdict {
    NotMeasured,       ///< the two have no task and seed in common
    NoInterval,        ///< one seed, no predictions of single rows: nothing says how sure the difference is
    NoClearDifference, ///< the interval holds 0, or p is not below 0.05 after Holm's correction
    OnlyTheseRuns,     ///< clear over test rows, but of one seed: it says nothing of another seed
    Better,
    Worse,
};

/// An allocation compared with another one, over the tasks and seeds that both have.
struct StudyDifference
{
    std::size_t from = 0; ///< the other one, in StudyObservations::allocations
    /// Mean over tasks of this one's value less the other's; seeds and, where known, test rows are chance.
    std::optional<StudyInterval> difference;
    std::optional<double> degrees; ///< of freedom of the interval
    std::optional<double> p;       ///< two-sided
    std::optional<double> pHolm;   ///< corrected over all comparisons of the study (Holm 1979)
    std::optional<StudyTest> bySeed;
    std::optional<StudyTest> byTestRow;
    /// With the tasks taken for a sample of all tasks of their kind; from three tasks on.
    std::optional<StudyTest> byTask;
    std::vector<std::size_t> tasks; ///< that it is over, in StudyObservations::tasks
    std::size_t pairs = 0;          ///< of runs
    StudyVerdict verdict = StudyVerdict::NotMeasured;
    std::string text; ///< the verdict as a sentence: "No clear difference between hilo and lora: …"
};

/// A row of the table.
struct StudyRow
{
    std::vector<StudyCell> cells; ///< one a task, in the order of StudyObservations::tasks
    /// Over the tasks; none where a task has no value or the tasks' metrics cannot be averaged.
    std::optional<StudyInterval> mean;
    /// 1 is best; ties share the mean of their ranks. Over the tasks of which all allocations have a value.
    std::optional<StudyInterval> rank;
    std::optional<StudyDifference> difference; ///< from the first allocation; none for the first one itself
    /// From the allocation with the first one's label at this one's budget; none where that is the first one, too, or
    /// this one itself.
    std::optional<StudyDifference> differenceAtBudget;
};

/// Whether mean ranks differ more than chance (Demšar 2006).
struct StudyRanks
{
    std::size_t tasks = 0;                    ///< of which all allocations have a value
    std::optional<double> friedman, p;        ///< chi-square with its ties corrected, k - 1 degrees of freedom
    std::optional<double> criticalDifference; ///< of Nemenyi's test at 0.05; from two tasks and two allocations on
    /// Longest chains of allocations, by mean rank, that do not differ by the critical difference; of two or more.
    std::vector<std::vector<std::size_t>> groups;
};

/// At how many parameters an allocation reaches a value.
struct StudyReach
{
    double target = 0;
    enum class Where { Within, BelowSmallest, NotReached };
    Where where = Where::NotReached;
    std::optional<double> parameters; ///< only Within
    /// 95 % interval; no low end: it may be below the smallest budget; no high end: it may be beyond the largest one.
    std::optional<double> low, high;
    bool known = false; ///< whether the ends are; false: the values have no intervals
};

/// The mean over tasks of one label's allocations against their parameters.
struct StudyCurve
{
    std::string label;
    std::vector<std::size_t> allocations;      ///< two or more, by trainable parameters
    std::vector<StudyReach> trainable, active; ///< one for each of StudySummary::targets
};

struct StudySummary
{
    std::vector<StudyRow> rows; ///< one an allocation, in the order of StudyObservations::allocations
    StudyRanks ranks;
    std::vector<double> targets; ///< values that the curves are asked for
    std::vector<StudyCurve> curves;
    std::size_t finishedRuns = 0;
    std::size_t comparisons = 0;  ///< that Holm's correction is over
    std::string unit;             ///< of mean and differences: "%" (numbers are shares) or "" (as the metric)
    bool lowerIsBetter = false;   ///< of mean and differences
    std::string metric;           ///< "accuracy", "matthews and accuracy"
    std::string sentence;         ///< what follows from all of it, one or more sentences
    std::vector<StudyNote> notes; ///< what is missing or cannot be said
};

struct StudySummaryOptions
{
    int replicates = 2000;      ///< of the bootstrap; from 100 on
    std::uint64_t seed = 20240; ///< of the bootstrap: the same observations give the same numbers
    /// Values that curves are asked for; empty: what the first allocation's label reaches at its largest budget.
    std::vector<double> targets;
};

/// All statistics of a study. docs/statistics.md says how each is made. Values that are no numbers count as not
/// measured, with a note; nothing measured is no error, the rows say so.
/// wrong usage: options out of range. internal: an observation of an allocation or task that there is not, or two of
/// the same allocation, task and seed.
Result<StudySummary> summarise(const StudyObservations& observations, const StudySummaryOptions& options = {});

} // namespace hilo
