// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/benchmark.h"
#include "run/run_spec.h"

#include <string>

namespace hilo {

/// EvaluationSpec::split where each benchmark is scored on its own split, and other data on "test".
inline constexpr const char* ownSplits = "auto";

/// How the rows of a benchmark's protocol are scored. Errors: a word or a metric that is not known, with the
/// description's file.
Result<Protocol> scoringOf(const Benchmark& benchmark, const Benchmark::Protocol& protocol);

/// What the task's benchmark says and the task does not: protocol, max_new_tokens, the split that is scored. Nothing
/// happens to other tasks.
Status fillFromBenchmark(TaskSpec& task);

/// The split that the task's result is measured on.
std::string resultSplit(const EvaluationSpec& evaluation, const TaskSpec& task);

/// evaluation.split of a run with benchmarks. Said by nobody (isGiven false), it is the one that all tasks are scored
/// on, else ownSplits. An error, at "split" of evaluation, where what was said is not what a benchmark is scored on.
Status chooseResultSplit(const JsonObject& evaluation, bool isGiven, RunSpec& spec);

} // namespace hilo
