// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "study/published_points.h"
#include "study/study_report.h"
#include "study/study_view.h"
#include "study/task_expert_model.h"

#include <QStringList>

#include <functional>
#include <vector>

namespace hilo {

/// What the page Study shows of a project: its studies by name, and all that is known of one of them.
struct StudyAnswer
{
    QStringList names;
    QString name;      ///< of the shown one; empty: there is none
    StudyPointer view; ///< null: there is none
    QStringList runs;  ///< ids of all runs of its plan, those of its search for rates too
    std::vector<PublishedNumber> published;
    std::vector<StudyPublished> results; ///< the same as reports have it
    std::vector<std::string> commands;   ///< that made the study
};

/// project: its folder; name: empty or unknown: the newest study. Reads the disk: for work in the background.
using StudyReader = std::function<Result<StudyAnswer>(const std::string& project, const std::string& name)>;

/// The usual one. Errors: of reading the study's file and the index of runs.
Result<StudyAnswer> askForStudy(const std::string& project, const std::string& name);

/// The same with the means alone, which are there at once: intervals over hundreds of runs and their test rows take
/// seconds. view->isWhole is false.
Result<StudyAnswer> glanceAtStudy(const std::string& project, const std::string& name);

/// Means over the seeds by cell, and over the tasks where these have one metric; no interval, rank or verdict.
StudySummary meansOf(const StudyObservations& observations);

/// The newest loads of a run's experts by task, from routing.json in its folder; empty where the run wrote none.
/// Errors: of a file that is there and cannot be read.
Result<TaskLoadMap> readTaskLoads(const std::string& runFolder);

} // namespace hilo
