// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gpu/kernels/portable.h"

namespace hilo::gpu {

/// The auxiliary loss of one layer and its derivative by a single token's softmax probability, from the counts of a
/// pass (2402.08562 code; null experts 2406.13233): modules with the same numbers of experts and null experts are taken
/// together; N·Σ f·P with f the share of chosen slots and P the mean probability; the null experts' f is replaced by
/// its mean over them; kinds are averaged weighted by their modules.
///
/// record: number of modules, then for each its first column in chosen and probability, its choices, its experts.
/// tokens: rows that every module saw. slopes: written at the modules' columns. A module whose experts were never
/// chosen did not run and does not count. Returns the loss (1 where all are balanced, 0 where nothing ran).
HILO_PORTABLE inline double balanceLayer(const std::int32_t* record, const double* chosen, const double* probability,
                                         double tokens, float* slopes)
{
    const int modules = record[0];
    const auto first = [=](int module) { return record[1 + 3 * module]; };
    const auto choices = [=](int module) { return record[2 + 3 * module]; };
    const auto experts = [=](int module) { return record[3 + 3 * module]; };
    const auto slotsOf = [=](int module) {
        double sum = 0;
        for (int i = 0; i < choices(module); ++i)
            sum += chosen[first(module) + i];
        return sum;
    };
    double ran = 0;
    for (int module = 0; module < modules; ++module)
        ran += slotsOf(module) > 0 ? 1 : 0;
    double loss = 0;
    for (int module = 0; module < modules; ++module) {
        const auto alike = [=](int other) {
            return choices(other) == choices(module) && experts(other) == experts(module);
        };
        bool seen = false;
        for (int other = 0; other < module; ++other)
            seen = seen || alike(other);
        if (seen)
            continue;
        double members = 0;
        double slots = 0;
        for (int other = module; other < modules; ++other)
            if (alike(other)) {
                const double ofOther = slotsOf(other);
                members += ofOther > 0 ? 1 : 0;
                slots += ofOther;
            }
        const double rows = members * tokens;
        const double factor = rows > 0 ? members / ran * choices(module) / rows : 0;
        const auto share = [=](int choice) {
            double sum = 0;
            for (int other = module; other < modules; ++other)
                if (alike(other))
                    sum += chosen[first(other) + choice];
            return slots > 0 ? sum / slots : 0;
        };
        double nullShare = 0;
        for (int i = experts(module); i < choices(module); ++i)
            nullShare += share(i) / (choices(module) - experts(module));
        for (int i = 0; i < choices(module); ++i) {
            const double balanced = i < experts(module) ? share(i) : nullShare;
            double mass = 0;
            for (int other = module; other < modules; ++other)
                if (alike(other)) {
                    mass += probability[first(other) + i];
                    slopes[first(other) + i] = static_cast<float>(factor * balanced);
                }
            loss += factor * balanced * mass;
        }
    }
    return loss;
}

} // namespace hilo::gpu
