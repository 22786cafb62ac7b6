// SPDX-License-Identifier: GPL-3.0-or-later
#include "gpu/cpu/adamw.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace hilo::gpu::cpu {

void adamw(float* parameters, float* gradients, float* firstMoment, float* secondMoment, std::int64_t count,
           const AdamwSettings& settings)
{
    const AdamwConstants constants = adamwConstants(settings);
    const auto factor = static_cast<float>(settings.gradientFactor);
    at::parallel_for(0, count, 1 << 15, [=](std::int64_t begin, std::int64_t end) {
        float* const __restrict parameter = parameters;
        float* const __restrict gradient = gradients;
        float* const __restrict first = firstMoment;
        float* const __restrict second = secondMoment;
        for (std::int64_t i = begin; i < end; ++i) {
            float mean = first[i];
            float square = second[i];
            parameter[i] = adamwElement(constants, parameter[i], gradient[i] * factor, mean, square);
            first[i] = mean;
            second[i] = square;
        }
        if (settings.clearGradients)
            std::fill(gradient + begin, gradient + end, 0.0f);
    });
}

double gradientNorm(const float* gradients, std::int64_t count)
{
    constexpr std::int64_t chunk = 1 << 16;
    const std::int64_t chunks = (count + chunk - 1) / chunk;
    std::vector<double> sums(static_cast<std::size_t>(chunks), 0.0);
    at::parallel_for(0, chunks, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t index = begin; index < end; ++index) {
            const float* const values = gradients + index * chunk;
            const std::int64_t size = std::min(chunk, count - index * chunk);
            std::array<double, 8> lanes{};
            std::int64_t i = 0;
            for (; i + 8 <= size; i += 8)
                for (std::size_t lane = 0; lane < 8; ++lane) {
                    const double value = values[i + static_cast<std::int64_t>(lane)];
                    lanes[lane] += value * value;
                }
            for (; i < size; ++i)
                lanes[0] += static_cast<double>(values[i]) * values[i];
            double sum = 0;
            for (const double lane : lanes)
                sum += lane;
            sums[static_cast<std::size_t>(index)] = sum;
        }
    });
    double sum = 0;
    for (const double part : sums)
        sum += part;
    return std::sqrt(sum);
}

} // namespace hilo::gpu::cpu
