// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "data/benchmark.h"
#include "engine/evaluate/evaluation_result.h"

#include <string>

namespace hilo::cli {

/// What an evaluation says of a benchmark: {"name", "protocol", "metric", "value", "scored", "published_rows",
/// "is_benchmark_number", "differs"}. differs: why the value is not the benchmark's number (another split or protocol,
/// rows left out). limited: only some rows were to be scored.
Json benchmarkScore(const ChosenBenchmark& chosen, const EvaluationResult& result, bool isLimited);

/// The same in a line.
std::string benchmarkLine(const Json& score);

} // namespace hilo::cli
