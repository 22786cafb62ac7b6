// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gpu/kernels/portable.h"

#include <cmath>

namespace hilo::gpu {

/// The factor on a normal value: weight, or 1 + weight (gemma).
HILO_PORTABLE inline float normFactor(float weight, bool addsOne)
{
    return addsOne ? weight + 1 : weight;
}

/// 1 / rms of a row of width values.
template <int N, class Team, class T>
HILO_PORTABLE float inverseRms(const Team& team, const T* x, std::int64_t width, float epsilon)
{
    const float squares = team.sum(width / N, [=](std::int64_t pack) {
        const Pack<T, N> values = loadPack<N>(x, pack);
        float sum = 0;
        for (int i = 0; i < N; ++i) {
            const float value = static_cast<float>(values.value[i]);
            sum += value * value;
        }
        return sum;
    });
    return 1 / std::sqrt(squares / static_cast<float>(width) + epsilon);
}

/// y = x / rms(x) · weight; the normal value is rounded to T before the product, as the reference of transformers does,
/// or with 1 + weight everything in float32 (gemma). N divides width.
template <int N, class Team, class T>
HILO_PORTABLE void rmsNormRow(const Team& team, const T* x, const T* weight, T* y, std::int64_t width, float epsilon,
                              bool addsOne)
{
    const float inverse = inverseRms<N>(team, x, width, epsilon);
    team.each(width / N, [=](std::int64_t pack) {
        const Pack<T, N> values = loadPack<N>(x, pack);
        const Pack<T, N> factors = loadPack<N>(weight, pack);
        Pack<T, N> result;
        for (int i = 0; i < N; ++i) {
            const float normal = static_cast<float>(values.value[i]) * inverse;
            const float factor = static_cast<float>(factors.value[i]);
            result.value[i] = addsOne ? static_cast<T>(normal * (factor + 1))
                                      : static_cast<T>(static_cast<float>(static_cast<T>(normal)) * factor);
        }
        storePack<N>(y, pack, result);
    });
}

/// The gradient by x: inverse · (g·w - n · mean(g·w·n)) with n = x · inverse, which is made again from x.
template <int N, class Team, class T>
HILO_PORTABLE void rmsNormBackwardRow(const Team& team, const T* gradient, const T* x, const T* weight, T* xGradient,
                                      std::int64_t width, float epsilon, bool addsOne)
{
    const float inverse = inverseRms<N>(team, x, width, epsilon);
    const float dot = team.sum(width / N, [=](std::int64_t pack) {
        const Pack<T, N> slopes = loadPack<N>(gradient, pack);
        const Pack<T, N> values = loadPack<N>(x, pack);
        const Pack<T, N> factors = loadPack<N>(weight, pack);
        float sum = 0;
        for (int i = 0; i < N; ++i)
            sum += static_cast<float>(slopes.value[i]) * normFactor(static_cast<float>(factors.value[i]), addsOne) *
                   static_cast<float>(values.value[i]) * inverse;
        return sum;
    });
    const float projection = dot / static_cast<float>(width);
    team.each(width / N, [=](std::int64_t pack) {
        const Pack<T, N> slopes = loadPack<N>(gradient, pack);
        const Pack<T, N> values = loadPack<N>(x, pack);
        const Pack<T, N> factors = loadPack<N>(weight, pack);
        Pack<T, N> result;
        for (int i = 0; i < N; ++i) {
            const float scaled =
                static_cast<float>(slopes.value[i]) * normFactor(static_cast<float>(factors.value[i]), addsOne);
            const float normal = static_cast<float>(values.value[i]) * inverse;
            result.value[i] = static_cast<T>(inverse * (scaled - normal * projection));
        }
        storePack<N>(xGradient, pack, result);
    });
}

} // namespace hilo::gpu
