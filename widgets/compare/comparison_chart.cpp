// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/comparison_chart.h"

#include "common/numbers.h"
#include "common/theme.h"

#include <algorithm>
#include <cmath>

namespace hilo {

ComparisonChart::ComparisonChart(QWidget* parent) : Plot(parent)
{
    xAxis->setScaleType(QCPAxis::stLogarithmic);
    auto ticker = QSharedPointer<QCPAxisTickerLog>::create();
    ticker->setSubTickCount(8);
    xAxis->setTicker(ticker);
    xAxis->setNumberFormat(QStringLiteral("g"));
    setAccessibleName(tr("Accuracy against parameters, with the Pareto front"));
    connect(&Theme::instance(), &Theme::changed, this, [this] { draw(); });
}

void ComparisonChart::setPoints(std::vector<ComparisonPoint> points, const QString& costTitle)
{
    points_ = std::move(points);
    setAxisTitles(costTitle, tr("accuracy (%)"));
    draw();
}

void ComparisonChart::setSelected(const QSet<QString>& ids)
{
    selected_ = ids;
    draw();
}

void ComparisonChart::draw()
{
    clearPlottables();
    const ThemeColours& colours = Theme::instance().colours();

    auto* front = addGraph();
    front->setName(tr("Pareto front"));
    front->setPen(QPen(colours.quietText, 1.2, Qt::DashLine));
    front->setLineStyle(QCPGraph::lsStepLeft);
    std::vector<const ComparisonPoint*> onFront;
    for (const ComparisonPoint& point : points_)
        if (point.onFront)
            onFront.push_back(&point);
    std::sort(onFront.begin(), onFront.end(), [](auto* a, auto* b) { return a->cost < b->cost; });
    for (const ComparisonPoint* point : onFront)
        front->addData(point->cost, point->accuracy * 100);

    QStringList names;
    for (const ComparisonPoint& point : points_)
        if (!names.contains(point.series))
            names << point.series;
    names.sort();
    for (int series = 0; series < names.size(); ++series) {
        auto* graph = addGraph();
        styleGraph(graph, series, true);
        graph->setLineStyle(QCPGraph::lsNone);
        graph->setScatterStyle(symbol(series, Theme::instance().series(series).colour, 9));
        graph->setName(names[series]);
        // The graph sorts by key, so the bars' values have to come in the same order.
        std::vector<const ComparisonPoint*> mine;
        for (const ComparisonPoint& point : points_)
            if (point.series == names[series])
                mine.push_back(&point);
        std::sort(mine.begin(), mine.end(), [](auto* a, auto* b) { return a->cost < b->cost; });
        QVector<double> costs, accuracies, below, above;
        for (const ComparisonPoint* point : mine) {
            costs << point->cost;
            accuracies << point->accuracy * 100;
            below << (point->accuracy - point->low) * 100;
            above << (point->high - point->accuracy) * 100;
        }
        graph->setData(costs, accuracies, true);
        auto* bars = new QCPErrorBars(xAxis, yAxis);
        bars->setDataPlottable(graph);
        bars->setData(below, above);
        bars->setPen(QPen(Theme::instance().series(series).colour, 1));
        bars->removeFromLegend();
    }

    auto* marks = addGraph();
    marks->setLineStyle(QCPGraph::lsNone);
    marks->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(colours.attention, 2), Qt::NoBrush, 16));
    marks->removeFromLegend();
    for (const ComparisonPoint& point : points_)
        if (selected_.contains(point.id))
            marks->addData(point.cost, point.accuracy * 100);

    legend->setVisible(!points_.empty());
    axisRect()->insetLayout()->setInsetAlignment(0, Qt::AlignBottom | Qt::AlignRight);
    rescaleAxes();
    xAxis->scaleRange(1.3, std::sqrt(std::max(1.0, xAxis->range().lower) * std::max(1.0, xAxis->range().upper)));
    yAxis->scaleRange(1.15, yAxis->range().center());
    replotLater();
}

int ComparisonChart::pointAt(const QPointF& position) const
{
    int nearest = -1;
    double best = 12 * 12;
    for (std::size_t i = 0; i < points_.size(); ++i) {
        const double dx = xAxis->coordToPixel(points_[i].cost) - position.x();
        const double dy = yAxis->coordToPixel(points_[i].accuracy * 100) - position.y();
        if (dx * dx + dy * dy <= best) {
            best = dx * dx + dy * dy;
            nearest = static_cast<int>(i);
        }
    }
    return nearest;
}

QString ComparisonChart::describe(const ComparisonPoint& point) const
{
    QString text = QStringLiteral("%1\n%2\n%3 %4")
                       .arg(point.name, accuracyText(point.accuracy, point.low, point.high),
                            groupedNumber(static_cast<std::int64_t>(point.cost)), xAxis->label());
    if (point.onFront)
        text += QLatin1Char('\n') + tr("On the Pareto front: nothing is both smaller and more accurate.");
    return text;
}

void ComparisonChart::mousePressEvent(QMouseEvent* event)
{
    const int point = pointAt(event->position());
    if (point >= 0 && event->button() == Qt::LeftButton)
        Q_EMIT pointClicked(points_[static_cast<std::size_t>(point)].id,
                            event->modifiers().testFlag(Qt::ControlModifier));
    QCustomPlot::mousePressEvent(event);
}

bool ComparisonChart::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int point = pointAt(help->pos());
        QToolTip::showText(help->globalPos(),
                           point < 0 ? QString() : describe(points_[static_cast<std::size_t>(point)]), this);
        return true;
    }
    return QCustomPlot::event(event);
}

} // namespace hilo
