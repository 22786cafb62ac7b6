// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gpu/kernels/portable.h"

#include <cmath>

namespace hilo::gpu {

/// softcap·tanh(value / softcap) (gemma2); softcap 0: the value.
HILO_PORTABLE inline float cappedLogit(float value, float softcap)
{
    return softcap > 0 ? softcap * std::tanh(value / softcap) : value;
}

/// The largest capped logit of width values, told to every member of the team.
template <int N, class Team, class T>
HILO_PORTABLE float highestCappedLogit(const Team& team, const T* logits, std::int64_t width, float softcap)
{
    return team.maximum(width / N, [=](std::int64_t pack) {
        const Pack<T, N> values = loadPack<N>(logits, pack);
        float most = static_cast<float>(values.value[0]);
        for (int i = 1; i < N; ++i) {
            const float value = static_cast<float>(values.value[i]);
            most = value > most ? value : most;
        }
        return cappedLogit(most, softcap);
    });
}

/// Σ exp(capped logit - highest) over width values, told to every member of the team.
template <int N, class Team, class T>
HILO_PORTABLE float sumOfExponentials(const Team& team, const T* logits, std::int64_t width, float softcap,
                                      float highest)
{
    return team.sum(width / N, [=](std::int64_t pack) {
        const Pack<T, N> values = loadPack<N>(logits, pack);
        float part = 0;
        for (int i = 0; i < N; ++i)
            part += std::exp(cappedLogit(static_cast<float>(values.value[i]), softcap) - highest);
        return part;
    });
}

} // namespace hilo::gpu
