// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/evaluate/evaluation_result.h"

#include <string>
#include <vector>

namespace hilo::cli {

/// "accuracy 81.3 % (79.8 to 82.6, 95 %), 2,439 of 3,000 rows of test, majority floor 10.4 %"; the loss where there is
/// no accuracy.
std::string accuracyLine(const EvaluationResult& result);
/// "loss 1.234 (1.2 to 1.27, 95 %), perplexity 3.435, 12,345 tokens of 3,000 rows of test"; why there is none where
/// there is none.
std::string lossLine(const EvaluationResult& result);
/// "  Matthews' correlation 0.4512 (0.4 to 0.5, 95 %)", a line for each of the result's metrics, by name.
std::vector<std::string> metricLines(const EvaluationResult& result);

} // namespace hilo::cli
