// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/evaluate/evaluation_result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace hilo::cli {

/// "1,234,567"
std::string withSeparators(std::int64_t number);
/// "1,234 rows", "1 row"
std::string withNoun(std::int64_t count, const std::string& one);
/// "93.1 MiB"
std::string bytes(std::uint64_t count);
/// "1 h 02 min", "2 min 05 s", "3.4 s"
std::string seconds(double count);
/// With so many significant digits: "0.01234", "1.5e-06"
std::string shortNumber(double value, int digits = 4);
/// "81.3 %"
std::string percent(double share);
/// "accuracy 81.3 % (79.8 to 82.6, 95 %), 2,439 of 3,000 rows of test, majority floor 10.4 %"; the loss where there is
/// no accuracy.
std::string accuracyLine(const EvaluationResult& result);
/// "loss 1.234 (1.2 to 1.27, 95 %), perplexity 3.435, 12,345 tokens of 3,000 rows of test"; why there is none where
/// there is none.
std::string lossLine(const EvaluationResult& result);
/// "  Matthews' correlation 0.4512 (0.4 to 0.5, 95 %)", a line for each of the result's metrics, by name.
std::vector<std::string> metricLines(const EvaluationResult& result);

} // namespace hilo::cli
