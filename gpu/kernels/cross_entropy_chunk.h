// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gpu/kernels/capped_logits.h"

#include <cmath>

namespace hilo::gpu {

/// What is known of one row's softmax after some of its columns (online softmax, 1805.02867): begins as -infinity, 0,
/// 0.
struct RowSoftmax
{
    float* maximum; ///< of the capped logits so far
    float* sum;     ///< Σ exp(capped logit - maximum)
    float* ofLabel; ///< the label's capped logit, once its column was seen
};

/// Takes the columns [first, first + width) of one row in. label: a column of the whole row; negative: none.
template <int N, class Team, class T>
HILO_PORTABLE void crossEntropyChunkRow(const Team& team, const T* logits, std::int64_t width, std::int64_t label,
                                        std::int64_t first, float softcap, const RowSoftmax& row)
{
    // Read before anyone overwrites them: the maximum below is a meeting point of the team.
    const float maximumBefore = *row.maximum;
    const float sumBefore = *row.sum;
    const float ofChunk = highestCappedLogit<N>(team, logits, width, softcap);
    const float highest = ofChunk > maximumBefore ? ofChunk : maximumBefore;
    const float sum = sumOfExponentials<N>(team, logits, width, softcap, highest);
    if (!team.isFirst())
        return;
    *row.sum = sumBefore * std::exp(maximumBefore - highest) + sum;
    *row.maximum = highest;
    if (label >= first && label < first + width)
        *row.ofLabel = cappedLogit(static_cast<float>(logits[label - first]), softcap);
}

/// The same columns become the gradient of the row's loss logSum - label's logit by their values; logSum of the whole
/// row. A negative label: zeros.
template <int N, class Team, class T>
HILO_PORTABLE void crossEntropyChunkGradientRow(const Team& team, T* logits, std::int64_t width, std::int64_t label,
                                                std::int64_t first, float softcap, float logSum)
{
    team.each(width / N, [=](std::int64_t pack) {
        Pack<T, N> values = loadPack<N>(logits, pack);
        for (int i = 0; i < N; ++i) {
            const float bent = cappedLogit(static_cast<float>(values.value[i]), softcap);
            float slope = std::exp(bent - logSum);
            if (first + pack * N + i == label)
                slope -= 1;
            if (softcap > 0)
                slope *= 1 - (bent / softcap) * (bent / softcap);
            values.value[i] = static_cast<T>(label < 0 ? 0.0f : slope);
        }
        storePack<N>(logits, pack, values);
    });
}

} // namespace hilo::gpu
