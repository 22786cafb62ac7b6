// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/decoder.h"

namespace hilo {

/// How far one rounding of float32 in the output of every adapted group of modules moves the logits: the greatest
/// difference of several draws (each number goes to a neighbour of float32, or stays) from the expected logits
/// [T, vocabulary], those of the batch without any. Two programs that compute the same in another order differ by a few
/// times as much and are both right. It is large where logits are, and where sums cancel and a norm brings what is left
/// to a size of one with the roundings that are in it, as behind a gated delta net. adapter may be null, then it is 0.
double roundingNoise(const Decoder& decoder, ModuleAdapter* adapter, const PackedBatch& batch,
                     const torch::Tensor& expected);

/// What logits may differ by, where noise comes from rounding alone: the tolerance, or where that is more, noise times
/// what orders of computing were found to differ by, and never more than what one would see in a text.
double toleranceBesideNoise(double tolerance, double noise);

} // namespace hilo
