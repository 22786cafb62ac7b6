// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace hilo::gpu::cpu {

/// Softmax cross-entropy of rows of logits [rows, vocabulary] (dense, float32) in place: logits become the gradient of
/// the rows' summed loss. labels [rows] below vocabulary; negative: no loss, zeros. softcap > 0: the logits are
/// softcap·tanh(value / softcap) of the given values, and the gradient is by the values (gemma2). Returns the summed
/// loss in nats; rows are added in order, so it does not depend on the number of threads.
double crossEntropyRows(float* logits, std::int64_t rows, std::int64_t vocabulary, const std::int64_t* labels,
                        double softcap = 0);

/// The same with each row's loss into losses [rows].
void crossEntropyEachRow(float* logits, std::int64_t rows, std::int64_t vocabulary, const std::int64_t* labels,
                         double softcap, float* losses);

/// What is known of each row's softmax after some of its columns (online softmax, 1805.02867): [rows] each, begun as
/// -infinity, 0, 0.
struct SoftmaxSoFar
{
    float* maximum = nullptr;
    float* sum = nullptr;     ///< Σ exp(logit - maximum)
    float* ofLabel = nullptr; ///< the label's logit, once its column was seen
};

/// Takes the columns [first, first + width) of rows of logits in: logits [rows, width], dense. Labels and softcap as
/// above; labels count whole rows' columns. In the end a row's loss is log(sum) + maximum - ofLabel.
void crossEntropyChunk(const float* logits, std::int64_t rows, std::int64_t width, const std::int64_t* labels,
                       std::int64_t first, double softcap, const SoftmaxSoFar& softmax);

/// The same columns become the gradient of the rows' summed loss; logSums [rows]: log(sum) + maximum of whole rows.
void crossEntropyChunkGradient(float* logits, std::int64_t rows, std::int64_t width, const std::int64_t* labels,
                               std::int64_t first, double softcap, const float* logSums);

} // namespace hilo::gpu::cpu
