// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace hilo::gpu {

/// Softmax cross-entropy of rows of logits [rows, vocabulary] (dense, float32) in place: logits become the gradient of
/// the rows' summed loss. labels [rows] in [0, vocabulary). softcap > 0: the logits are softcap·tanh(value / softcap)
/// of the given values, and the gradient is by the values (gemma2). Returns the summed loss in nats; rows are added in
/// order, so it does not depend on the number of threads.
double crossEntropyRows(float* logits, std::int64_t rows, std::int64_t vocabulary, const std::int64_t* labels,
                        double softcap = 0);

/// The same with each row's loss into losses [rows].
void crossEntropyEachRow(float* logits, std::int64_t rows, std::int64_t vocabulary, const std::int64_t* labels,
                         double softcap, float* losses);

} // namespace hilo::gpu
