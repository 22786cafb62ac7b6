// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/metric_chart.h"

#include "common/theme.h"

namespace hilo {

MetricChart::MetricChart(QWidget* parent) : Plot(parent)
{
    axisRect()->setRangeZoomAxes(xAxis, nullptr);
    axisRect()->setRangeDragAxes(xAxis, nullptr);
    connect(this, &QCustomPlot::mouseDoubleClick, this, [this] { showAll(); });
    setToolTip(tr("Wheel: zoom over steps. Drag: move. Double click: everything."));
}

void MetricChart::setMetric(const Metric& metric)
{
    metric_ = metric;
    setAxisTitles(tr("step"), metric.title);
    setAccessibleName(tr("Chart of %1 over steps").arg(metric.title));
    yAxis->setScaleType(metric.logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    yAxis->setTicker(metric.logarithmic ? QSharedPointer<QCPAxisTicker>(new QCPAxisTickerLog)
                                        : QSharedPointer<QCPAxisTicker>(new QCPAxisTicker));
}

void MetricChart::setSmoothing(double weight)
{
    smoothing_ = weight;
}

void MetricChart::setRuns(const std::vector<std::pair<QString, const RunHistory*>>& runs)
{
    clearPlottables();
    int series = 0;
    for (const auto& [name, history] : runs) {
        if (metric_.key == QStringLiteral("accuracy"))
            addAccuracy(name, *history, series);
        else
            addMetric(name, *history, series);
        ++series;
    }
    legend->setVisible(runs.size() > 1);
    showAll();
}

void MetricChart::addMetric(const QString& name, const RunHistory& history, int series)
{
    const auto found = history.metrics.find(metric_.key.toStdString());
    if (found == history.metrics.end())
        return;
    const bool smooth = smoothing_ > 0 && metric_.key == QStringLiteral("loss");
    if (smooth) {
        auto* raw = addGraph();
        styleGraph(raw, series);
        QColor faint = raw->pen().color();
        faint.setAlpha(70);
        raw->setPen(QPen(faint, 1));
        raw->setData(history.steps, found->second, true);
        raw->removeFromLegend();
    }
    auto* graph = addGraph();
    styleGraph(graph, series);
    graph->setName(name);
    graph->setData(history.steps, smooth ? smoothed(found->second, smoothing_) : found->second, true);
}

void MetricChart::addAccuracy(const QString& name, const RunHistory& history, int series)
{
    QVector<double> steps;
    QVector<double> values;
    QVector<double> below;
    QVector<double> above;
    for (const AccuracyPoint& point : history.evaluations) {
        steps << point.step;
        values << point.accuracy * 100;
        below << (std::isnan(point.low) ? 0 : (point.accuracy - point.low) * 100);
        above << (std::isnan(point.high) ? 0 : (point.high - point.accuracy) * 100);
    }
    auto* graph = addGraph();
    styleGraph(graph, series, true);
    graph->setName(name);
    graph->setData(steps, values, true);
    auto* bars = new QCPErrorBars(xAxis, yAxis);
    bars->setDataPlottable(graph);
    bars->setData(below, above);
    bars->setPen(QPen(graph->pen().color(), 1));
    bars->removeFromLegend();
}

void MetricChart::showAll()
{
    rescaleAxes();
    if (yAxis->scaleType() == QCPAxis::stLinear)
        yAxis->scaleRange(1.1, yAxis->range().center());
    replotLater();
}

} // namespace hilo
