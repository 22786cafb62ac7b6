// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// In a run's folder: what other programs measured of its adapter. Never the run's own result.
inline constexpr const char* importedScoresFile = "imported_scores.json";

/// One number of another program.
struct ImportedScore
{
    std::string tool;    ///< "lm_eval"
    std::string version; ///< of the tool; empty: it did not say
    std::string task;    ///< as the tool calls it
    std::string taskVersion;
    std::string metric; ///< as the tool calls it
    std::string filter; ///< what the answers went through; "none": nothing
    double value = 0;
    std::optional<double> standardError;
    std::optional<std::int64_t> rows;
    std::optional<std::int64_t> shots;
    bool isGroup = false; ///< a mean over other tasks; no part of a mean over tasks
    std::string model;    ///< that was measured, as the tool names it
    std::string imported; ///< when, UTC
    std::string sha256;   ///< of the file that it came from

    /// What runs are compared by: "lm_eval.acc", "lm_eval.exact_match.strict-match".
    std::string key() const;
    bool operator==(const ImportedScore&) const = default;
};

/// Of a run folder; empty where nothing was imported. Bad input: a damaged file.
Result<std::vector<ImportedScore>> readImportedScores(const std::filesystem::path& runFolder);
Status writeImportedScores(const std::filesystem::path& runFolder, const std::vector<ImportedScore>& scores);

/// Whether a metric that runs are compared by is another program's.
bool isImportedMetric(const std::string& metric);
/// What is known of it, by its name alone; nothing for a metric of the program's own.
struct ImportedMetric
{
    std::string label; ///< for people: "acc (lm-evaluation-harness)"
    bool lowerIsBetter = false;
    bool isShare = false; ///< lies within 0 and 1
};
std::optional<ImportedMetric> importedMetric(const std::string& metric);

/// The values that a metric of lm-evaluation-harness can have.
struct ScoreRange
{
    double low = 0, high = 0;
};
ScoreRange rangeOfImported(const std::string& nameInTool);
/// Of a metric that runs are compared by; nothing where it is the program's own.
std::optional<ScoreRange> importedRange(const std::string& metric);
/// 95 %, normal, within the metric's range; nothing without a standard error.
std::optional<ScoreRange> intervalOf(const ImportedScore& score);

} // namespace hilo
