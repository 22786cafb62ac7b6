// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/imported_scores.h"

namespace hilo {

/// What a results file of lm-evaluation-harness holds.
struct LmEvalResults
{
    std::vector<ImportedScore> scores;
    std::vector<std::string> skipped; ///< metrics that are not taken, each with the reason, in sentences
};

/// Reads results_*.json as lm-evaluation-harness 0.4 and later write it (lm_eval/evaluator_utils.py
/// consolidate_results: "results" by task, "METRIC,FILTER" and "METRIC_stderr,FILTER" in it; "versions", "n-shot",
/// "n-samples", "higher_is_better", "group_subtasks", "model_name", "lm_eval_version"). Bad input: another form, values
/// out of a metric's range (ScoreRange) or that are no finite numbers, standard errors below 0, more rows than there
/// are.
Result<LmEvalResults> readLmEvalResults(const std::filesystem::path& file);

/// What an import has changed in a run's folder.
struct ScoreImport
{
    std::vector<ImportedScore> added;
    std::size_t same = 0;     ///< were there before with this value
    std::size_t replaced = 0; ///< among added
    std::vector<std::string> skipped;
};

/// Takes the file's scores into importedScoresFile of a run's folder; the run's own files stay as they are. Bad input:
/// no run; what readLmEvalResults() refuses; a task's metric that is there already with another value, unless replace.
Result<ScoreImport> importLmEvalScores(const std::filesystem::path& runFolder, const std::filesystem::path& file,
                                       bool replace);

} // namespace hilo
