// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/series.h"
#include "run/run_result.h"

#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// What of a run the rules look at.
struct CheckedRun
{
    Series loss, gradientNorm; ///< of training
    std::vector<RunEvaluation> evaluations;
    std::vector<RunEvaluation> finalEvaluations; ///< of a finished run
    std::vector<ModuleLoad> loads;               ///< of the routers, measured last
    std::int64_t loadsStep = 0;
    bool takesBest = false; ///< the run keeps the weights of its best evaluation, not the last ones
};

/// One rule about runs that ended without an error and are not well all the same.
struct RunCheck
{
    std::string name;     ///< "experts-collapsed"
    std::string title;    ///< what is wrong, a sentence
    std::string detail;   ///< with %1, %2, … for the arguments of a finding
    std::string whatToDo; ///< a sentence
};
/// All rules, by weight: what spoils a run most is first.
const std::vector<RunCheck>& runChecks();
/// nullptr when there is none of the name.
const RunCheck* findRunCheck(const std::string& name);

/// A rule that a run falls under.
struct RunFinding
{
    std::string check; ///< name of the rule
    std::vector<std::string> arguments;
    bool operator==(const RunFinding&) const = default;

    /// The rule's detail with the arguments, in English.
    std::string detail() const;
};

/// What is wrong with a run's numbers, in the order of runChecks(). What is not known is not judged: a run without
/// evaluations breaks no rule about them.
std::vector<RunFinding> checkRun(const CheckedRun& run);

/// As the index keeps them; empty text: none. A text that is none of these is none.
std::string textOf(const std::vector<RunFinding>& findings);
std::vector<RunFinding> findingsOf(const std::string& text);

} // namespace hilo
