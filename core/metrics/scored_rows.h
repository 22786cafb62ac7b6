// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hilo {

/// What a model did on one row.
struct ScoredRow
{
    double loss = 0;         ///< sum over its tokens, in nats
    std::int64_t tokens = 0; ///< that have a loss
    /// The label that is right; nothing where the row has none.
    std::optional<std::string> right;
    std::optional<std::string> given;           ///< nothing: no answer
    std::optional<std::string> givenNormalised; ///< likewise, chosen by length
    std::optional<std::string> wanted;          ///< texts, where one was generated
    std::optional<std::string> written;
    std::vector<double> likelihoods; ///< log-likelihood of each choice, in nats, where choices were compared by it
    std::string file;                ///< where the row stands
    std::int64_t line = 0;
    std::int64_t window = 0; ///< from 1, where a text is longer than a row may be and has several; else 0
};

/// All rows of a split, as metrics see them.
struct ScoredRows
{
    std::vector<ScoredRow> rows;
    std::vector<std::string> labels; ///< of the task, in its order, where they mean the same in all rows; else empty
    bool hasNormalised = false;      ///< givenNormalised was looked for
};

struct Measured
{
    std::map<std::string, double> values;
    std::map<std::string, std::pair<double, double>> intervals; ///< 95 %
    std::map<std::string, std::string> absent; ///< metrics that were to be expected, and why there is none
};

/// Every metric that the rows allow. The loss is the mean over tokens, not over rows.
Measured measure(const ScoredRows& rows);

} // namespace hilo
