// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/chart_series.h"

#include "common/numbers.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

namespace hilo {
namespace {

struct SeriesTexts
{
    Q_DECLARE_TR_FUNCTIONS(ChartSeries)
};

bool asNumbers(const QStringList& values, QHash<QString, double>& numbers)
{
    for (const QString& value : values) {
        if (value.isEmpty())
            continue;
        bool good = false;
        numbers[value] = value.toDouble(&good);
        if (!good)
            return false;
    }
    return !numbers.isEmpty();
}

/// Ranges that hold about equally many of the distinct numbers each.
ChartSeries ranges(const std::vector<QString>& values, QHash<QString, double>& numbers, int most)
{
    std::vector<double> distinct(numbers.begin(), numbers.end());
    std::sort(distinct.begin(), distinct.end());
    const bool gaps = std::any_of(values.begin(), values.end(), [](const QString& value) { return value.isEmpty(); });
    const auto bins = static_cast<std::size_t>(gaps ? most - 1 : most);
    ChartSeries series;
    std::vector<double> ends;
    for (std::size_t bin = 0; bin < bins; ++bin) {
        const std::size_t first = bin * distinct.size() / bins, last = (bin + 1) * distinct.size() / bins - 1;
        ends.push_back(distinct[last]);
        series.names << (first == last ? shortNumber(distinct[first])
                                       : QStringLiteral("%1 … %2").arg(shortNumber(distinct[first]),
                                                                       shortNumber(distinct[last])));
    }
    if (gaps)
        series.names << SeriesTexts::tr("not set");
    for (const QString& value : values)
        series.index.push_back(
            value.isEmpty()
                ? static_cast<int>(bins)
                : static_cast<int>(std::lower_bound(ends.begin(), ends.end(), numbers[value]) - ends.begin()));
    return series;
}

} // namespace

ChartSeries shareOut(const std::vector<QString>& values, int most)
{
    QHash<QString, int> counts;
    for (const QString& value : values)
        ++counts[value];
    QStringList names = counts.keys();
    QHash<QString, double> numbers;
    const bool numeric = asNumbers(names, numbers);
    if (numeric && names.size() > most)
        return ranges(values, numbers, most);
    std::sort(names.begin(), names.end(), [&](const QString& a, const QString& b) {
        if (a.isEmpty() != b.isEmpty())
            return b.isEmpty();
        return numeric && !a.isEmpty() ? numbers[a] < numbers[b] : a < b;
    });
    bool hasOther = false;
    if (names.size() > most) {
        std::stable_sort(names.begin(), names.end(),
                         [&](const QString& a, const QString& b) { return counts[a] > counts[b]; });
        names = names.mid(0, most - 1);
        std::sort(names.begin(), names.end());
        hasOther = true;
    }
    QHash<QString, int> place;
    for (const QString& name : names)
        place[name] = static_cast<int>(place.size());
    ChartSeries series;
    series.index.reserve(values.size());
    for (const QString& value : values)
        series.index.push_back(place.value(value, static_cast<int>(names.size())));
    for (const QString& name : names)
        series.names << (name.isEmpty() ? SeriesTexts::tr("not set") : name);
    if (hasOther)
        series.names << SeriesTexts::tr("other");
    return series;
}

} // namespace hilo
