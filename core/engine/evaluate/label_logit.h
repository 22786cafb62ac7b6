// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/evaluate/row_scorer.h"

namespace hilo {

/// The label whose score is the highest: weights [labels, hidden] times hidden [hidden], in float32 whatever they are.
/// -1 when two share the highest score, or none is a number, because then nothing was chosen.
std::int64_t bestLabel(const torch::Tensor& weights, const torch::Tensor& hidden);

} // namespace hilo
