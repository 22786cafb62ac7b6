// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/chart_series.h"

#include "allocation/strategy.h"
#include "common/numbers.h"

#include <QCoreApplication>
#include <QHash>
#include <QSet>

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
    for (int i = 0; i < series.names.size(); ++i)
        series.styles.push_back(i);
    for (const QString& value : values)
        series.index.push_back(
            value.isEmpty()
                ? static_cast<int>(bins)
                : static_cast<int>(std::lower_bound(ends.begin(), ends.end(), numbers[value]) - ends.begin()));
    return series;
}

} // namespace

int styleOfStrategy(const QString& name)
{
    static const QHash<QString, int> styles = [] {
        // Those that are compared most have colours of their own.
        QStringList names{QStringLiteral("lora"),      QStringLiteral("uniform"), QStringLiteral("mola"),
                          QStringLiteral("alphalora"), QStringLiteral("hilo"),    QStringLiteral("balanced")};
        for (const Strategy* strategy : strategies())
            if (const QString known = QString::fromStdString(strategy->name); !names.contains(known))
                names << known;
        QHash<QString, int> found;
        for (int i = 0; i < names.size(); ++i)
            found[names[i]] = i;
        return found;
    }();
    return styles.value(name, -1);
}

ChartSeries shareOutAmong(const std::vector<QString>& shown, const std::vector<QString>& all, int most)
{
    std::vector<QString> values = all;
    QSet<QString> known(all.begin(), all.end());
    for (const QString& value : shown)
        if (!known.contains(value)) {
            known.insert(value);
            values.push_back(value);
        }
    ChartSeries series = shareOut(values, most);
    QHash<QString, int> place;
    for (std::size_t i = 0; i < values.size(); ++i)
        place[values[i]] = series.index[i];
    series.index.clear();
    for (const QString& value : shown)
        series.index.push_back(place[value]);
    return series;
}

ChartSeries shareOut(const std::vector<QString>& values, int most)
{
    QHash<QString, int> counts;
    for (const QString& value : values)
        ++counts[value];
    QStringList names = counts.keys();
    // Strategies have looks enough that none has to be one of "other".
    const bool areStrategies =
        std::any_of(names.begin(), names.end(), [](const QString& name) { return styleOfStrategy(name) >= 0; });
    if (areStrategies)
        most = 36;
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
    int free = areStrategies ? static_cast<int>(strategies().size()) : 0;
    for (const QString& name : names) {
        series.names << (name.isEmpty() ? SeriesTexts::tr("not set") : name);
        const int style = styleOfStrategy(name);
        series.styles.push_back(style >= 0 ? style : free++);
    }
    if (hasOther) {
        series.names << SeriesTexts::tr("other");
        series.styles.push_back(free);
    }
    return series;
}

} // namespace hilo
