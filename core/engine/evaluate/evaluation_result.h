// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "run/run_spec.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace hilo {

struct ClassCount
{
    std::int64_t total = 0;
    std::int64_t correct = 0;
};

/// How often the model was right, and what that is worth.
struct EvaluationResult
{
    Protocol protocol = Protocol::LabelLogit;
    std::string split;
    std::int64_t total = 0;
    std::int64_t correct = 0;
    std::int64_t unparsable = 0;               ///< answers in which no label was found; they count as wrong
    std::map<std::string, ClassCount> classes; ///< by the right label
    double seconds = 0;

    double accuracy() const { return total > 0 ? static_cast<double>(correct) / static_cast<double>(total) : 0; }
    /// 95 % (Wilson 1927).
    std::pair<double, double> interval() const;
    /// The accuracy of always saying the most frequent label.
    double majorityFloor() const;
    void count(const std::string& label, bool isCorrect);
};

/// The fields of an "evaluation" event of a run (split, protocol, accuracy, correct, total, interval, unparsable), and
/// majority_floor, classes, seconds.
Json toJson(const EvaluationResult& result);

} // namespace hilo
