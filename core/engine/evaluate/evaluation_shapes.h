// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/memory_estimate.h"
#include "engine/data/evaluation_data.h"

namespace hilo {

/// What evaluate() computes at once at most on these rows, one shape for each kind of pass of the rows' protocol
/// (evaluator.h, preference_measure.h): whole texts, beginnings and continuations through a cache of keys and values,
/// texts that are generated. For the memory estimate; none of them is there together with another one.
std::vector<EvaluationShape> evaluationShapes(const EvaluationData& data, const EvaluationSpec& spec,
                                              const ModelConfig& model);

} // namespace hilo
