// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// In a run folder: what the run's weights did on each row of its result, an object a line, the tasks one behind the
/// other and the rows in the order of the split. Rows without a right answer (a loss is all that is known of them) are
/// not in it.
inline constexpr const char* predictionsFile = "predictions.ndjson";

/// One row of it. The place tells rows apart; the file is named without its folder, for a project may be moved.
struct Prediction
{
    std::string task, split;
    std::string file;
    std::string place;                          ///< "line 3", "record 3"
    std::int64_t window = 0;                    ///< from 1, where a text is several rows; else 0
    std::optional<std::string> right;           ///< label
    std::optional<std::string> given;           ///< label; nothing: no answer
    std::optional<std::string> givenNormalised; ///< likewise, chosen by length
    std::optional<std::string> wanted, written; ///< texts
    /// Tells rows of one split apart.
    std::string identity() const { return file + " " + place + " " + std::to_string(window); }
};

/// Of one task, in the file's order; of all where task is empty. Empty where the run kept none, as runs of older
/// versions. Errors: a line that is none of these objects, with its number.
Result<std::vector<Prediction>> readPredictions(const std::filesystem::path& runFolder, const std::string& task = {});

/// Whether each row counts as right under a metric: "accuracy" and "accuracy_normalised" by the labels, metrics of
/// texts that count rows (exact_match) by theirs. Nothing where the metric is not one of single rows, or rows lack what
/// it is of.
std::optional<std::vector<bool>> rightRows(const std::vector<Prediction>& rows, const std::string& metric);

} // namespace hilo
