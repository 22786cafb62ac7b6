// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/run_store.h"
#include "study/study_record.h"

#include <map>
#include <string>
#include <vector>

namespace hilo {

struct StudyImport
{
    std::string name;                         ///< of the study here; empty: as the record has it
    std::string model;                        ///< where its base model lies here; empty: where the record says
    std::map<std::string, std::string> tasks; ///< where the data of tasks lie here, by name; others: as the record says
};

struct StudyImported
{
    std::string study;
    bool isNew = false;             ///< the project had no study of this name
    std::int64_t added = 0;         ///< runs that the project did not have
    std::int64_t known = 0;         ///< runs that it had: the same settings, seed, model and data
    std::vector<std::string> notes; ///< model and data that are not here
};

/// Brings the study of a record and its runs into a project, or joins it to the study of its name that is there. Runs
/// become run folders with an event log, their provenance and which rows were right; a run that the project has (also
/// of another study) is taken. A run of the study that was planned and never started is replaced by the record's; one
/// that was begun stays beside it. Importing twice changes nothing, and so does a kill on the way.
/// Errors: those of mergeStudies(); model, data or templates here that are not those of the record.
Result<StudyImported> importStudy(RunStore& store, const StudyRecord& record, const StudyImport& options);

} // namespace hilo
