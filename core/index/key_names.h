// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/database.h"

#include <map>
#include <string>
#include <vector>

namespace hilo {

/// What a name in a filter or a column stands for.
struct KeyMeaning
{
    enum class Kind {
        Own,        ///< what every run has: id, state, accuracy, …
        Evaluation, ///< evaluation.SPLIT: the newest accuracy on it
        Final,      ///< result.METRIC, "METRIC@TASK": a number of the run's result
        Metric,     ///< loss.min, loss.max, loss.last
        Stored      ///< a setting, or the last value of a metric
    };
    Kind kind = Kind::Stored;
    std::string column;   ///< Own: of the table runs r; else of the table series. Our own words, never the user's.
    bool isText = false;  ///< Own
    std::string split;    ///< Evaluation
    std::string metric;   ///< Final
    std::string task;     ///< Final; empty: the mean over tasks
    std::int64_t key = 0; ///< Metric and Stored: of the table keys
};

/// A name is written whole or as the end of exactly one. Unknown and ambiguous ones are errors about place in file.
/// Only inside read of the database.
Result<KeyMeaning> meaningOf(Database& database, const std::string& name, const std::string& file,
                             const std::string& place);

/// The name of a number of runs' results: "loss@cola", or "result.loss" for the mean over tasks.
std::string finalKey(const std::string& metric, const std::string& task);

/// The names that every run has.
std::vector<std::string> ownKeys();

/// The values for people of one name, by run id; runs without one are left out.
Result<std::map<std::string, std::string>> columnValues(Database& database, const std::string& name);

} // namespace hilo
