// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/plot_numbers.h"

#include "common/plot.h"

#include <QHash>

#include <cmath>

namespace hilo {
namespace {

QString number(double value)
{
    return std::isfinite(value) ? QString::number(value, 'g', QLocale::FloatingPointShortest) : QString();
}

struct Row
{
    QString curve;
    double key, value;
    double low, high; ///< NaN: there is no interval
};

constexpr double none = std::numeric_limits<double>::quiet_NaN();

} // namespace

QString csvField(const QString& text)
{
    if (!text.contains(QLatin1Char(',')) && !text.contains(QLatin1Char('"')) && !text.contains(QLatin1Char('\n')))
        return text;
    return QLatin1Char('"') + QString(text).replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
}

QByteArray plotNumbers(QCustomPlot& plot)
{
    // Error bars are plottables of their own, behind the points that they are of.
    QHash<const QCPAbstractPlottable*, const QCPErrorBars*> bars;
    for (int i = 0; i < plot.plottableCount(); ++i)
        if (const auto* one = qobject_cast<QCPErrorBars*>(plot.plottable(i)))
            bars[one->dataPlottable()] = one;
    std::vector<Row> rows;
    bool anyInterval = false;
    for (int i = 0; i < plot.plottableCount(); ++i) {
        QCPAbstractPlottable* plottable = plot.plottable(i);
        const QString curve = plottable->name().isEmpty() ? QString::number(i + 1) : plottable->name();
        if (const auto* graph = qobject_cast<QCPGraph*>(plottable)) {
            const QCPErrorBars* intervals = bars.value(plottable);
            int place = 0;
            for (const QCPGraphData& point : *graph->data()) {
                Row row{curve, point.key, point.value, none, none};
                if (intervals && place < intervals->data()->size()) {
                    row.low = point.value - intervals->data()->at(place).errorMinus;
                    row.high = point.value + intervals->data()->at(place).errorPlus;
                    anyInterval = true;
                }
                rows.push_back(row);
                ++place;
            }
        } else if (const auto* columns = qobject_cast<QCPBars*>(plottable)) {
            for (const QCPBarsData& bar : *columns->data())
                rows.push_back({curve, bar.key, bar.value, none, none});
        }
    }
    const auto titleOf = [](const QCPAxis* axis, const char* otherwise) {
        return csvField(axis->label().isEmpty() ? QString::fromLatin1(otherwise) : axis->label());
    };
    QString text = QStringLiteral("curve,%1,%2").arg(titleOf(plot.xAxis, "x"), titleOf(plot.yAxis, "y"));
    text += anyInterval ? QStringLiteral(",low,high\n") : QStringLiteral("\n");
    for (const Row& row : rows) {
        text += csvField(row.curve) + QLatin1Char(',') + number(row.key) + QLatin1Char(',') + number(row.value);
        if (anyInterval)
            text += QLatin1Char(',') + number(row.low) + QLatin1Char(',') + number(row.high);
        text += QLatin1Char('\n');
    }
    return text.toUtf8();
}

} // namespace hilo
