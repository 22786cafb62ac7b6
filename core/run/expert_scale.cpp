// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/expert_scale.h"

#include <cmath>

namespace hilo {

double expertScale(ScalingMode scaling, double constantScale, double alpha, std::int64_t rank)
{
    switch (scaling) {
    case ScalingMode::AlphaOverRank:
        return alpha / static_cast<double>(rank);
    case ScalingMode::AlphaOverSqrtRank:
        return alpha / std::sqrt(static_cast<double>(rank));
    case ScalingMode::Constant:
        break;
    }
    return constantScale;
}

double meanExpertScale(const AllocationMap& map, const TrainingSpec& training)
{
    double sum = 0;
    std::int64_t experts = 0;
    for (const auto& layer : map.layers)
        for (const auto& [name, module] : layer)
            for (const int rank : module.ranks) {
                sum += expertScale(training.scaling, training.constantScale, module.alpha, rank);
                ++experts;
            }
    return experts > 0 ? sum / static_cast<double>(experts) : 0;
}

} // namespace hilo
