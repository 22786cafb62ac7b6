// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/numbers.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>
#include <cmath>

namespace hilo {
namespace {

QString significant(double value, int digits)
{
    if (value == 0)
        return QStringLiteral("0");
    const int decimals = std::max(0, digits - 1 - static_cast<int>(std::floor(std::log10(std::abs(value)))));
    return QLocale().toString(value, 'f', std::min(decimals, 6));
}

struct Numbers
{
    Q_DECLARE_TR_FUNCTIONS(Numbers)
};

} // namespace

QString groupedNumber(std::int64_t value)
{
    return QLocale().toString(static_cast<qlonglong>(value));
}

QString shortNumber(double value)
{
    const double size = std::abs(value);
    if (size >= 1e9)
        return significant(value / 1e9, 3) + QStringLiteral(" G");
    if (size >= 1e6)
        return significant(value / 1e6, 3) + QStringLiteral(" M");
    if (size >= 1e4)
        return significant(value / 1e3, 3) + QStringLiteral(" k");
    if (size >= 1000 && value == std::floor(value))
        return QLocale().toString(static_cast<qlonglong>(value));
    return significant(value, 3);
}

QString byteSize(std::uint64_t bytes)
{
    static constexpr std::array units = {"B", "KiB", "MiB", "GiB", "TiB"};
    double value = static_cast<double>(bytes);
    std::size_t unit = 0;
    for (; value >= 1000 && unit + 1 < units.size(); ++unit)
        value /= 1024;
    return (unit == 0 ? QLocale().toString(static_cast<qulonglong>(bytes)) : significant(value, 3)) + QLatin1Char(' ') +
           QLatin1String(units[unit]);
}

QString durationText(double seconds)
{
    const auto whole = static_cast<qlonglong>(std::llround(seconds));
    if (whole >= 3600)
        return Numbers::tr("%1 h %2 min").arg(whole / 3600).arg(whole / 60 % 60, 2, 10, QLatin1Char('0'));
    if (whole >= 60)
        return Numbers::tr("%1 min").arg((whole + 30) / 60);
    return Numbers::tr("%1 s").arg(whole);
}

QString percentage(double share, int digits)
{
    return QLocale().toString(share * 100, 'f', digits) + QStringLiteral(" %");
}

QString accuracyText(double accuracy, double low, double high)
{
    return Numbers::tr("%1 (%2–%3)")
        .arg(percentage(accuracy), QLocale().toString(low * 100, 'f', 1), QLocale().toString(high * 100, 'f', 1));
}

} // namespace hilo
