// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace hilo {

/// What is missing in a study, cannot be said of it or makes it unfair.
enum class StudyNoteKind {
    NoCommonScale,      ///< names: the metrics
    SeveralMetrics,     ///< names: the metrics; their mean is shown all the same
    NotFinished,        ///< numbers: finished runs, all runs
    NoValueYet,         ///< names: allocation, tasks joined
    OneSeed,            ///< names: tasks joined; test rows are known
    OneSeedNoRows,      ///< names: tasks joined
    RanksOfSomeTasks,   ///< numbers: tasks with ranks, all tasks
    NotANumber,         ///< names: allocation, task, run; numbers: seed
    OtherRows,          ///< names: task; runs answered different numbers of test rows
    OtherPredictions,   ///< names: task, metric; kept predictions do not give the metric
    MissingPredictions, ///< names: task; numbers: runs without, all runs
    StepSizes,     ///< names: two allocations; numbers: what their experts' products are multiplied by, least and most
    RateAtLowest,  ///< names: allocations joined; numbers: their rate, the lowest that a search was given
    RateAtHighest, ///< names: allocations joined; numbers: their rate, the highest that a search was given
    OfMap,         ///< names: allocation, what its map says of itself
};

/// With what it is about, so that a window says it in its own language; inWords() (study_verdict.h) says it in English.
struct StudyNote
{
    StudyNoteKind kind = StudyNoteKind::OfMap;
    std::vector<std::string> names;
    std::vector<double> numbers;
};

} // namespace hilo
