// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/axis_scale.h"

#include <cmath>

namespace hilo {

void setScale(QCPAxis& axis, bool logarithmic, bool isTime)
{
    axis.setScaleType(logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    QSharedPointer<QCPAxisTicker> ticker(logarithmic ? new QCPAxisTickerLog : new QCPAxisTicker);
    if (isTime && !logarithmic) {
        auto* clock = new QCPAxisTickerTime;
        clock->setTimeFormat(QStringLiteral("%h:%m:%s"));
        ticker.reset(clock);
    }
    ticker->setTickCount(4);
    axis.setTicker(ticker);
    axis.setNumberFormat(QStringLiteral("g"));
}

bool fitTitle(QCustomPlot& plot, const QString& title)
{
    const int room = plot.axisRect()->height();
    QString fitting = title;
    if (room > 0 && QFontMetrics(plot.yAxis->labelFont()).horizontalAdvance(title) > room) {
        const qsizetype open = title.lastIndexOf(QLatin1Char('('));
        fitting = open < 0 ? QString() : title.mid(open + 1).chopped(1);
    }
    if (fitting == plot.yAxis->label())
        return false;
    plot.yAxis->setLabel(fitting);
    return true;
}

QCPGraphDataContainer::const_iterator nearestPoint(const QCPGraphDataContainer& points, double place)
{
    const auto point = points.findBegin(place);
    const auto next = point == points.constEnd() ? point : point + 1;
    return next != points.constEnd() && std::abs(next->key - place) < std::abs(point->key - place) ? next : point;
}

} // namespace hilo
