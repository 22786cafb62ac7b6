// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/diverging_map.h"

#include "common/theme.h"

#include <algorithm>
#include <cmath>

namespace hilo {

QColor diverging(double value)
{
    if (std::isnan(value))
        return {};
    const bool dark = Theme::instance().isDark();
    const QColor neutral = dark ? QColor(0x2F, 0x37, 0x39) : QColor(0xF3, 0xF3, 0xF1);
    const QColor below = dark ? QColor(0xE0, 0x82, 0x14) : QColor(0xD9, 0x7A, 0x0B);
    const QColor above = dark ? QColor(0x4C, 0x9F, 0xDB) : QColor(0x2B, 0x7B, 0xBA);
    const double share = std::min(1.0, std::abs(value));
    const QColor& end = value < 0 ? below : above;
    const auto mix = [share](int from, int to) { return static_cast<int>(std::lround(from + (to - from) * share)); };
    return {mix(neutral.red(), end.red()), mix(neutral.green(), end.green()), mix(neutral.blue(), end.blue())};
}

} // namespace hilo
