// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/curve_band.h"

#include "compare/statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hilo {

CurveBand curveBand(const std::vector<Series>& curves)
{
    CurveBand band;
    std::vector<std::size_t> places(curves.size(), 0);
    std::vector<double> quantiles{0, 0}; // by the number of values
    for (;;) {
        std::int64_t step = std::numeric_limits<std::int64_t>::max();
        for (std::size_t i = 0; i < curves.size(); ++i)
            if (places[i] < curves[i].steps.size())
                step = std::min(step, curves[i].steps[places[i]]);
        if (step == std::numeric_limits<std::int64_t>::max())
            return band;
        int count = 0;
        double mean = 0, squares = 0; // by Welford's update
        for (std::size_t i = 0; i < curves.size(); ++i) {
            if (places[i] >= curves[i].steps.size() || curves[i].steps[places[i]] != step)
                continue;
            const double value = curves[i].values[places[i]++];
            if (!std::isfinite(value))
                continue;
            ++count;
            const double before = value - mean;
            mean += before / count;
            squares += before * (value - mean);
        }
        if (count < 2)
            continue;
        while (static_cast<int>(quantiles.size()) <= count)
            quantiles.push_back(studentQuantile975(static_cast<int>(quantiles.size()) - 1));
        const double half =
            quantiles[static_cast<std::size_t>(count)] * std::sqrt(squares / (count - 1) / static_cast<double>(count));
        band.steps.push_back(step);
        band.mean.push_back(mean);
        band.low.push_back(mean - half);
        band.high.push_back(mean + half);
        band.runs.push_back(count);
    }
}

} // namespace hilo
