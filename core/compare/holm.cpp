// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/holm.h"

#include <algorithm>
#include <numeric>

namespace hilo {

std::vector<double> holmCorrected(std::span<const double> p)
{
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [p](std::size_t a, std::size_t b) { return p[a] < p[b]; });
    std::vector<double> corrected(p.size());
    double largest = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        largest = std::max(largest, p[order[i]] * static_cast<double>(order.size() - i));
        corrected[order[i]] = std::min(1.0, largest);
    }
    return corrected;
}

} // namespace hilo
