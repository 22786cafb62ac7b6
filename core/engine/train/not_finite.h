// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "engine/adapter/adapter.h"
#include "engine/model/decoder.h"

#include <string>

namespace hilo {

struct StepReport;

/// The first place of a forward pass where a number is infinite or none, for a run that ends by it: a weight of the
/// adapter, the input of modules ("the input of q_proj, k_proj, v_proj in layer 3"), a layer's output, or the last
/// hidden states. Empty when all are finite. Runs the pass once more; call adapter.startTraining() before it.
std::string firstNotFinite(const Decoder& decoder, MixtureAdapter& adapter, const PackedBatch& batch);

/// The first tensor of the adapter whose gradient is not finite, as "the gradient of NAME"; empty when all are.
std::string firstGradientNotFinite(MixtureAdapter& adapter);

/// Of a step whose loss or gradient is not finite.
Error notFiniteError(const StepReport& report, std::int64_t step);

} // namespace hilo
