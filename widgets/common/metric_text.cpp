// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/metric_text.h"

#include "common/core_text.h"
#include "metrics/metric.h"
#include "run/imported_scores.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace hilo {
namespace {

struct MetricWords
{
    Q_DECLARE_TR_FUNCTIONS(MetricText)
};

/// Decimals that leave about four digits of a number; two of its interval's ends would be noise otherwise.
int decimalsOf(double value)
{
    if (value == 0 || !std::isfinite(value))
        return 3;
    return std::clamp(3 - static_cast<int>(std::floor(std::log10(std::abs(value)))), 0, 5);
}

} // namespace

MetricText::MetricText(std::string metric, std::string task) : metric_(std::move(metric)), task_(std::move(task))
{
    if (const Metric* known = findMetric(metric_)) {
        isShare_ = known->isShare;
        lowerIsBetter_ = known->better == Metric::Better::Lower;
    } else if (const auto imported = importedMetric(metric_)) {
        isShare_ = imported->isShare;
        lowerIsBetter_ = imported->lowerIsBetter;
    }
}

QString MetricText::title() const
{
    return title(!task_.empty());
}

QString MetricText::title(bool named) const
{
    const Metric* known = findMetric(metric_);
    const auto imported = importedMetric(metric_);
    const QString label = known      ? coreText(known->label)
                          : imported ? QString::fromStdString(imported->label)
                                     : QString::fromStdString(metric_);
    return named ? MetricWords::tr("%1, %2", "a metric and its task").arg(label, QString::fromStdString(task_)) : label;
}

QString MetricText::unit() const
{
    return isShare_ ? QStringLiteral("%") : metric_ == "loss" ? MetricWords::tr("nats/token") : QString();
}

QString MetricText::axisTitle() const
{
    return unit().isEmpty() ? title() : QStringLiteral("%1 (%2)").arg(title(), unit());
}

QString MetricText::about() const
{
    const Metric* known = findMetric(metric_);
    if (!known)
        return MetricWords::tr("“%1” is not known to this program: higher is taken for better.")
            .arg(QString::fromStdString(metric_));
    return coreText(known->description) + QLatin1Char(' ') +
           (lowerIsBetter_ ? MetricWords::tr("Lower is better.") : MetricWords::tr("Higher is better."));
}

QString MetricText::number(double value) const
{
    return isShare_ ? QLocale().toString(value * 100, 'f', 1) : QLocale().toString(value, 'f', decimalsOf(value));
}

QString MetricText::withUnit(double value) const
{
    return unit().isEmpty() ? number(value) : number(value) + QLatin1Char(' ') + unit();
}

QString MetricText::withInterval(double value, const std::optional<double>& low,
                                 const std::optional<double>& high) const
{
    if (!low || !high)
        return number(value);
    const double half = std::max(*high - value, value - *low), other = std::min(*high - value, value - *low);
    const int decimals = isShare_ ? 1 : decimalsOf(value);
    const auto text = [&](double one) { return QLocale().toString(one * scale(), 'f', decimals); };
    // One half for both sides would say less than there is where the sides differ, as they do at the end of a range.
    const bool isEven = half - other < 0.1 * half;
    const bool leaves = isShare_ && (value - half < 0 || value + half > 1);
    if (isShare_ ? leaves : !isEven)
        return QStringLiteral("%1 (%2 … %3)").arg(text(value), text(*low), text(*high));
    return QStringLiteral("%1 ± %2").arg(text(value), text(half));
}

QString MetricText::difference(double value) const
{
    const int decimals = isShare_ ? 1 : std::max(3, decimalsOf(value));
    const double size = std::abs(value) * scale();
    const double step = std::pow(10, decimals);
    const QString text = QLocale().toString(size, 'f', decimals);
    if (std::round(size * step) == 0)
        return QLocale().toString(0.0, 'f', decimals);
    return (value > 0 ? QChar(u'+') : QChar(0x2212)) + text;
}

QString MetricText::differenceUnit() const
{
    return isShare_ ? MetricWords::tr(" points") : unit().isEmpty() ? QString() : QLatin1Char(' ') + unit();
}

} // namespace hilo
