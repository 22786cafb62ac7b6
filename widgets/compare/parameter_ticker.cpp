// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/parameter_ticker.h"

#include "common/numbers.h"

#include <cmath>

namespace hilo {

QVector<double> ParameterTicker::createTickVector(double, const QCPRange& range)
{
    QVector<double> ticks;
    if (range.lower <= 0 || range.upper <= range.lower)
        return ticks;
    const double decades = std::log10(range.upper / range.lower);
    const int first = static_cast<int>(std::floor(std::log10(range.lower))) - 1;
    const int last = static_cast<int>(std::ceil(std::log10(range.upper))) + 1;
    // Within half a decade the ones between are needed, over many only the powers of ten have room.
    static const QVector<double> many = {1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8}, some = {1, 2, 5}, few = {1};
    const QVector<double>& steps = decades < 0.7 ? many : decades < 3.5 ? some : few;
    for (int power = first; power <= last; ++power)
        for (const double step : steps)
            ticks << step * std::pow(10.0, power);
    return ticks;
}

QString ParameterTicker::getTickLabel(double tick, const QLocale&, QChar, int)
{
    // 2.00 M says no more than 2 M.
    QString label = shortNumber(tick);
    const qsizetype space = label.indexOf(QLatin1Char(' '));
    QString number = space < 0 ? label : label.left(space);
    const QString point = QLocale().decimalPoint();
    if (number.contains(point)) {
        while (number.endsWith(QLatin1Char('0')))
            number.chop(1);
        if (number.endsWith(point))
            number.chop(point.size());
    }
    return space < 0 ? number : number + label.mid(space);
}

} // namespace hilo
