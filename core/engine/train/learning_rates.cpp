// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/learning_rates.h"

#include <algorithm>
#include <cmath>

namespace hilo {

std::vector<RateStretch> rateStretches(const AdapterLayout& layout, std::int64_t layers, const TrainingSpec& training)
{
    std::vector<RateStretch> parts;
    for (const GroupLayout& group : layout.groups) {
        const double ofLayer =
            std::pow(training.variants.layerLearningRateDecay, static_cast<double>(layers - 1 - group.layer));
        const std::int64_t routers = group.offsetOfRouters();
        parts.push_back({group.offset, routers - group.offset, ofLayer});
        parts.push_back({routers, group.plan.logits * group.in, ofLayer * training.routerLearningRateFactor});
        for (const ModuleLayout& module : group.modules)
            parts.push_back(
                {module.offsetB, module.out * module.ranks, ofLayer * training.variants.loraBLearningRateFactor});
    }
    std::sort(parts.begin(), parts.end(),
              [](const RateStretch& one, const RateStretch& other) { return one.begin < other.begin; });
    std::vector<RateStretch> stretches;
    for (const RateStretch& part : parts) {
        if (part.size == 0)
            continue;
        if (!stretches.empty() && stretches.back().factor == part.factor)
            stretches.back().size = part.begin + part.size - stretches.back().begin;
        else
            stretches.push_back(part);
    }
    return stretches;
}

} // namespace hilo
