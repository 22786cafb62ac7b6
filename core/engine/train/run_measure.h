// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "engine/data/evaluation_data.h"
#include "engine/evaluate/evaluation_result.h"

#include <optional>
#include <string>

namespace hilo {

/// A result's value of a metric (core/metrics); nothing where its protocol does not measure it.
std::optional<double> measuredValue(const EvaluationResult& result, const std::string& metric);

/// Whether the metric will be measured on rows.
bool measures(const EvaluationData& rows, const EvaluationSpec& spec, const std::string& metric);

/// What evaluate() would refuse: rows that their protocol cannot score.
Status checkScorable(const EvaluationData& rows, const EvaluationSpec& spec);

} // namespace hilo
