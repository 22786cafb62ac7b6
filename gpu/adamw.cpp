// SPDX-License-Identifier: GPL-3.0-or-later
#include "adamw.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace hilo::gpu {

void adamwStep(float* parameters, float* gradients, float* firstMoment, float* secondMoment, std::int64_t count,
               const AdamwSettings& settings)
{
    const double correction1 = 1 - std::pow(settings.beta1, static_cast<double>(settings.step));
    const double correction2 = 1 - std::pow(settings.beta2, static_cast<double>(settings.step));
    const auto decay = static_cast<float>(1 - settings.learningRate * settings.weightDecay);
    const auto beta1 = static_cast<float>(settings.beta1);
    const auto beta2 = static_cast<float>(settings.beta2);
    const auto rest1 = static_cast<float>(1 - settings.beta1);
    const auto rest2 = static_cast<float>(1 - settings.beta2);
    const auto stepSize = static_cast<float>(settings.learningRate / correction1);
    const auto inverseRoot = static_cast<float>(1 / std::sqrt(correction2));
    const auto epsilon = static_cast<float>(settings.epsilon);
    const auto factor = static_cast<float>(settings.gradientFactor);
    at::parallel_for(0, count, 1 << 15, [=](std::int64_t begin, std::int64_t end) {
        float* const __restrict parameter = parameters;
        float* const __restrict gradient = gradients;
        float* const __restrict first = firstMoment;
        float* const __restrict second = secondMoment;
        for (std::int64_t i = begin; i < end; ++i) {
            const float slope = gradient[i] * factor;
            const float mean = beta1 * first[i] + rest1 * slope;
            const float square = beta2 * second[i] + rest2 * slope * slope;
            first[i] = mean;
            second[i] = square;
            parameter[i] = decay * parameter[i] - stepSize * mean / (std::sqrt(square) * inverseRoot + epsilon);
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

double clipFactor(double norm, double maximumNorm)
{
    if (maximumNorm <= 0)
        return 1;
    return std::min(1.0, maximumNorm / (norm + 1e-6));
}

} // namespace hilo::gpu
