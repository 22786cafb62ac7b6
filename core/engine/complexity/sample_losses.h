// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/complexity/calibration.h"
#include "engine/model/streamed_model.h"

#include <vector>

namespace hilo {

/// Mean cross-entropy, in nats, over each sequence's labels; hidden [T, hidden] is what the last layer gave. NaN for a
/// sequence without labels. The logits of at most 256 labels exist at once.
std::vector<double> sampleLosses(const StreamedModel& model, const CalibrationBatch& batch,
                                 const torch::Tensor& hidden);

/// Gradient of the sum over sequences of those losses by hidden: [T, hidden].
torch::Tensor lossGradient(const StreamedModel& model, const CalibrationBatch& batch, const torch::Tensor& hidden);

} // namespace hilo
