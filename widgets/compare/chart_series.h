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
    /// Of each name: its colour is style % 6, its symbol symbolOf(style). Strategies have the same everywhere.
    std::vector<int> styles;
    int styleAt(std::size_t value) const { return styles[static_cast<std::size_t>(index[value])]; }
    static int symbolOf(int style) { return (style + style / 6) % 6; }
};

ChartSeries shareOut(const std::vector<QString>& values, int most);
/// The same for those of many values that are shown: what a value looks like does not change with what else is shown.
/// Names that none of the shown has are there, too.
ChartSeries shareOutAmong(const std::vector<QString>& shown, const std::vector<QString>& all, int most);

/// The style of a strategy of allocations by its name; -1: it is none that the program knows.
int styleOfStrategy(const QString& name);

} // namespace hilo
