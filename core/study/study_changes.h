// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/profile.h"
#include "formats/model_config.h"
#include "study/study.h"
#include "study/study_note.h"

#include <string>
#include <vector>

namespace hilo {

/// What somebody asks of a study, as the command line has it.
struct StudyRequest
{
    std::string name, run;            ///< run: the file of a run spec
    std::vector<std::string> tasks;   ///< study_tasks.h
    std::vector<std::string> metrics; ///< study_tasks.h
    std::vector<std::string> strategies, maps;
    std::vector<std::string> budgets; ///< parseBudget()
    std::vector<std::int64_t> seeds;
    bool joint = false;
    std::string equal = "parameters";
    /// "run": scaling as the run spec has it; "same": the mean of the first allocation's for all; or a number.
    std::string scale = "run";
    std::vector<double> rates; ///< of a search; empty: none
    std::int64_t rateSteps = 0, rateSeed = 1;
    bool halving = false;
    std::string command; ///< as it was typed, for the record
};

/// The run spec with the study's tasks, its data looked for. Errors: of reading it; a task without files.
Result<RunSpec> studySpec(const StudyRequest& request);

/// A study with its arms and without runs. notes: for people. Errors: two equal labels, seeds or budgets, budgets that
/// cannot be met, no seed, no allocation.
Result<Study> newStudy(const StudyRequest& request, RunSpec spec, const ModelConfig& model,
                       const std::vector<ComplexityProfile>& profiles, std::vector<StudyNote>& notes);

/// The study with further tasks, allocations, budgets and seeds; those that it has already are not added once more.
/// Errors beside those of newStudy(): a task of a known name with other data, a known label for another allocation,
/// further tasks of a joint study, budgets of allocations that are compared as they are.
Status extendStudy(Study& study, const StudyRequest& request, const ModelConfig& model,
                   const std::vector<ComplexityProfile>& profiles, std::vector<StudyNote>& notes);

} // namespace hilo
