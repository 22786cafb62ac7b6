// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/share_interval.h"

#include <algorithm>
#include <cmath>

namespace hilo {

std::pair<double, double> wilsonInterval(double correct, double total)
{
    if (total <= 0)
        return {0, 1};
    constexpr double z = 1.959963984540054;
    const double share = correct / total, z2 = z * z;
    const double centre = (share + z2 / (2 * total)) / (1 + z2 / total);
    const double half = z / (1 + z2 / total) * std::sqrt(share * (1 - share) / total + z2 / (4 * total * total));
    return {std::max(0.0, centre - half), std::min(1.0, centre + half)};
}

} // namespace hilo
