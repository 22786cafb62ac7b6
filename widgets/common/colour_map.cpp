// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/colour_map.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace hilo {
namespace {

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& colour)
{
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

} // namespace

QColor cividis(double value)
{
    static const std::array<QColor, 10> anchors = {
        QColor(0x00, 0x20, 0x4D), QColor(0x00, 0x33, 0x6F), QColor(0x39, 0x48, 0x6B), QColor(0x57, 0x5C, 0x6D),
        QColor(0x70, 0x71, 0x73), QColor(0x8A, 0x87, 0x79), QColor(0xA6, 0x9D, 0x75), QColor(0xC4, 0xB5, 0x6C),
        QColor(0xE4, 0xCF, 0x5B), QColor(0xFF, 0xEA, 0x46)};
    if (std::isnan(value))
        return {};
    const double position = std::clamp(value, 0.0, 1.0) * (anchors.size() - 1);
    const auto left = std::min<std::size_t>(static_cast<std::size_t>(position), anchors.size() - 2);
    const double share = position - static_cast<double>(left);
    const auto mix = [share](int from, int to) { return static_cast<int>(std::lround(from + (to - from) * share)); };
    const QColor& from = anchors[left];
    const QColor& to = anchors[left + 1];
    return {mix(from.red(), to.red()), mix(from.green(), to.green()), mix(from.blue(), to.blue())};
}

double contrastRatio(const QColor& a, const QColor& b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

QColor textColourOn(const QColor& background)
{
    const QColor dark(Qt::black);
    return contrastRatio(background, Qt::white) >= contrastRatio(background, dark) ? QColor(Qt::white) : dark;
}

} // namespace hilo
