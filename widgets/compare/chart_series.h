// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace hilo {

/// Values of a setting shared out over a few colours or symbols: each value its own while there are enough, else
/// ranges of numbers, else the most frequent values and "other".
struct ChartSeries
{
    QStringList names;      ///< for the legend, in a sensible order
    std::vector<int> index; ///< of each value given, into names
};

ChartSeries shareOut(const std::vector<QString>& values, int most);

} // namespace hilo
