// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/complexity/spectrum_means.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace hilo {

std::vector<double> meanSpectrum(const std::vector<std::vector<double>>& descending, const std::vector<double>& weights)
{
    std::vector<double> mean;
    for (std::size_t one = 0; one < descending.size(); ++one) {
        if (weights[one] <= 0)
            continue;
        mean.resize(std::max(mean.size(), descending[one].size()));
        for (std::size_t rank = 0; rank < descending[one].size(); ++rank)
            mean[rank] += weights[one] * descending[one][rank];
    }
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (double& value : mean)
        value /= sum;
    return mean;
}

} // namespace hilo
