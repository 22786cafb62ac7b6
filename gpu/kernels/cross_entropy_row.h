// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gpu/kernels/capped_logits.h"

#include <cmath>

namespace hilo::gpu {

/// Softmax cross-entropy of one row of logits in place: logits become the gradient of the row's loss. softcap > 0: the
/// logits are softcap·tanh(value / softcap) of the given values and the gradient is by the values (gemma2). A negative
/// label: no loss, and zeros. Returns the loss in nats to every member of the team.
template <int N, class Team, class T>
HILO_PORTABLE float crossEntropyRow(const Team& team, T* logits, std::int64_t vocabulary, std::int64_t label,
                                    float softcap)
{
    if (label < 0) {
        team.each(vocabulary / N, [=](std::int64_t pack) { storePack<N>(logits, pack, Pack<T, N>{}); });
        return 0;
    }
    const float highest = highestCappedLogit<N>(team, logits, vocabulary, softcap);
    // Read before anyone overwrites it: the sum below is a meeting point of the team.
    const float ofLabel = cappedLogit(static_cast<float>(logits[label]), softcap);
    const float sum = sumOfExponentials<N>(team, logits, vocabulary, softcap, highest);
    const float inverse = 1 / sum;
    team.each(vocabulary / N, [=](std::int64_t pack) {
        Pack<T, N> values = loadPack<N>(logits, pack);
        for (int i = 0; i < N; ++i) {
            const float bent = cappedLogit(static_cast<float>(values.value[i]), softcap);
            float slope = std::exp(bent - highest) * inverse;
            if (pack * N + i == label)
                slope -= 1;
            if (softcap > 0)
                slope *= 1 - (bent / softcap) * (bent / softcap);
            values.value[i] = static_cast<T>(slope);
        }
        storePack<N>(logits, pack, values);
    });
    return std::log(sum) + highest - ofLabel;
}

} // namespace hilo::gpu
