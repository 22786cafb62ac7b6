// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "engine/complexity/signal_set.h"
#include "engine/complexity/trained_experts.h"

namespace hilo {

/// expert_redundancy: mean Frobenius distance between the scaled updates s·B A of every two experts of a module
/// (2402.08562 definition 6.1). Computed from products of the factors:
/// <B_a A_a, B_b A_b> = sum of (B_aᵀ B_b) ⊙ (A_a A_bᵀ). Of the base's own experts also each one's mean distance to the
/// others. Per layer the mean over its attention modules; where no layer has two experts there, over the base's own
/// experts. Where a layer has neither there are values by module alone, and a note says which layers have none. Errors:
/// no module has a value in every layer that has the module either.
Result<SignalSet> measureExpertDistance(const ModelConfig& model, const TrainedExperts& trained);

} // namespace hilo
