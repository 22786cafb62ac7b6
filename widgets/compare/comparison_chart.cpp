// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/comparison_chart.h"

#include "common/numbers.h"
#include "common/theme.h"
#include "compare/chart_series.h"
#include "compare/parameter_ticker.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <map>

namespace hilo {
namespace {

constexpr int mostSeries = 6;                   ///< colours and symbols there are
constexpr std::size_t mostIntervals = 400;      ///< more of them hide one another, and take too long to draw
constexpr std::size_t mostSmoothSymbols = 2000; ///< above, symbols are drawn small

} // namespace

ComparisonChart::ComparisonChart(QWidget* parent) : Plot(parent)
{
    xAxis->setScaleType(QCPAxis::stLogarithmic);
    xAxis->setTicker(QSharedPointer<ParameterTicker>::create());
    xAxis->grid()->setSubGridVisible(false);
    yAxis->ticker()->setTickCount(6);
    setAccessibleName(tr("Accuracy against parameters, with the Pareto front"));
    setMouseTracking(true);
    // Marks change with every selection; on a buffer of their own the points need not be drawn again.
    addLayer(QStringLiteral("marks"), layer(QStringLiteral("main")), limAbove);
    layer(QStringLiteral("marks"))->setMode(QCPLayer::lmBuffered);
    // The legend below the axes hides no point.
    plotLayout()->addElement(1, 0, legend);
    plotLayout()->setRowStretchFactor(1, 0.001);
    legend->setFillOrder(QCPLegend::foColumnsFirst);
    legend->setWrap(4);
    legend->setIconSize(14, 12);
    connect(this, &QCustomPlot::mouseDoubleClick, this, [this] { showAll(); });
    connect(&Theme::instance(), &Theme::changed, this, [this] { draw(); });
}

void ComparisonChart::setPoints(std::vector<ComparisonPoint> points, const QString& costTitle,
                                const QString& colourTitle, const QString& symbolTitle)
{
    points_ = std::move(points);
    std::erase_if(points_, [](const ComparisonPoint& point) { return !(point.cost > 0); });
    colourTitle_ = colourTitle;
    symbolTitle_ = symbolTitle;
    hovered_ = -1;
    setAxisTitles(costTitle, tr("accuracy (%)"));
    std::vector<QString> colours, symbols;
    for (const ComparisonPoint& point : points_) {
        colours.push_back(point.colourBy);
        symbols.push_back(point.symbolBy);
    }
    ChartSeries series = shareOut(colours, mostSeries);
    colour_ = std::move(series.index);
    colourNames_ = series.names;
    series = shareOut(symbols, mostSeries);
    symbol_ = std::move(series.index);
    symbolNames_ = series.names;
    setAccessibleDescription(tr("%n point(s). Left and right go from point to point, Return selects.", nullptr,
                                static_cast<int>(points_.size())));
    draw();
    showAll();
}

void ComparisonChart::setSelected(const QSet<QString>& ids)
{
    if (ids == selected_)
        return;
    selected_ = ids;
    drawMarks();
    if (isVisible())
        layer(QStringLiteral("marks"))->replot();
}

bool ComparisonChart::showsAllIntervals() const
{
    return points_.size() <= mostIntervals;
}

QColor ComparisonChart::colourOf(int series) const
{
    return Theme::instance().series(series).colour;
}

void ComparisonChart::draw()
{
    clearPlottables();
    marks_ = markedIntervals_ = nullptr;
    markBars_ = nullptr;
    drawFront();
    drawPoints();
    drawLegend();
    drawMarks();
    replotLater();
}

void ComparisonChart::drawFront()
{
    PointList front;
    for (const ComparisonPoint& point : points_)
        if (point.onFront)
            front.push_back(&point);
    std::sort(front.begin(), front.end(), [](auto* a, auto* b) { return a->cost < b->cost; });
    auto* line = addGraph();
    line->setName(tr("Pareto front"));
    line->setPen(QPen(Theme::instance().colours().accent, 1.4));
    line->setLineStyle(QCPGraph::lsStepLeft);
    for (const ComparisonPoint* point : front)
        line->addData(point->cost, point->accuracy * 100);
    // Behind the last point nothing better is known, at any size.
    if (!front.empty())
        line->addData(front.back()->cost * 1e6, front.back()->accuracy * 100);
}

QCPGraph* ComparisonChart::addPoints(PointList points, const QCPScatterStyle& style)
{
    std::sort(points.begin(), points.end(), [](auto* a, auto* b) { return a->cost < b->cost; });
    auto* graph = addGraph();
    graph->setLineStyle(QCPGraph::lsNone);
    graph->setScatterStyle(style);
    graph->setPen(QPen(style.pen().color()));
    graph->removeFromLegend();
    QVector<double> costs, accuracies;
    for (const ComparisonPoint* point : points) {
        costs << point->cost;
        accuracies << point->accuracy * 100;
    }
    graph->setData(costs, accuracies, true);
    if (showsAllIntervals())
        addIntervals(graph, points, style.pen().color());
    return graph;
}

void ComparisonChart::addIntervals(QCPGraph* graph, const PointList& points, const QColor& colour)
{
    QVector<double> below, above;
    for (const ComparisonPoint* point : points) {
        below << (point->accuracy - point->low) * 100;
        above << (point->high - point->accuracy) * 100;
    }
    auto* bars = new QCPErrorBars(xAxis, yAxis);
    bars->setDataPlottable(graph);
    bars->setData(below, above);
    bars->setPen(QPen(colour, 1));
    bars->setWhiskerWidth(5);
    bars->removeFromLegend();
}

void ComparisonChart::drawPoints()
{
    const bool small = points_.size() > mostSmoothSymbols;
    std::map<std::pair<int, int>, PointList> kinds;
    for (std::size_t i = 0; i < points_.size(); ++i)
        kinds[{colour_[i], symbol_[i]}].push_back(&points_[i]);
    setNotAntialiasedElements(small ? QCP::AntialiasedElements(QCP::aeScatters) : QCP::AntialiasedElements());
    for (auto& [kind, points] : kinds)
        addPoints(std::move(points), symbol(kind.second, colourOf(kind.first), small ? 5 : 9));
}

void ComparisonChart::drawLegend()
{
    legend->clearItems();
    const bool together = colourTitle_ == symbolTitle_;
    // Graphs without points are what the legend's entries belong to.
    const auto entry = [this](const QString& name, const QCPScatterStyle& style) {
        auto* graph = addGraph();
        graph->setLineStyle(QCPGraph::lsNone);
        graph->setScatterStyle(style);
        graph->setName(name);
    };
    if (points_.empty()) {
        legend->setVisible(false);
        return;
    }
    graph(0)->addToLegend();
    for (int i = 0; i < colourNames_.size(); ++i)
        entry(together ? colourNames_[i] : colourTitle_ + QStringLiteral(": ") + colourNames_[i],
              symbol(together ? i : 0, colourOf(i), 8));
    for (int i = 0; !together && i < symbolNames_.size(); ++i)
        entry(symbolTitle_ + QStringLiteral(": ") + symbolNames_[i],
              symbol(i, Theme::instance().colours().quietText, 8));
    legend->setVisible(true);
}

void ComparisonChart::drawMarks()
{
    if (!marks_) {
        const ThemeColours& colours = Theme::instance().colours();
        QCPLayer* above = layer(QStringLiteral("marks"));
        markedIntervals_ = addGraph();
        markedIntervals_->setLineStyle(QCPGraph::lsNone);
        markedIntervals_->setLayer(above);
        markedIntervals_->removeFromLegend();
        markBars_ = new QCPErrorBars(xAxis, yAxis);
        markBars_->setDataPlottable(markedIntervals_);
        markBars_->setPen(QPen(colours.text, 1.2));
        markBars_->setLayer(above);
        markBars_->removeFromLegend();
        marks_ = addGraph();
        marks_->setLineStyle(QCPGraph::lsNone);
        marks_->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(colours.text, 1.8), Qt::NoBrush, 17));
        marks_->setLayer(above);
        marks_->removeFromLegend();
    }
    PointList marked;
    marks_->data()->clear();
    markedIntervals_->data()->clear();
    for (std::size_t i = 0; i < points_.size(); ++i) {
        const ComparisonPoint& point = points_[i];
        const bool chosen = selected_.contains(point.id) || static_cast<int>(i) == hovered_;
        if (chosen)
            marks_->addData(point.cost, point.accuracy * 100);
        if (chosen || point.isBaseline || (point.onFront && !showsAllIntervals()))
            marked.push_back(&point);
    }
    std::sort(marked.begin(), marked.end(), [](auto* a, auto* b) { return a->cost < b->cost; });
    QVector<double> below, above;
    for (const ComparisonPoint* point : marked) {
        markedIntervals_->addData(point->cost, point->accuracy * 100);
        below << (point->accuracy - point->low) * 100;
        above << (point->high - point->accuracy) * 100;
    }
    markBars_->setData(below, above);
}

void ComparisonChart::showAll()
{
    if (points_.empty()) {
        xAxis->setRange(1e5, 1e8);
        yAxis->setRange(0, 100);
        replotLater();
        return;
    }
    double left = points_.front().cost, right = left, low = 1, high = 0;
    for (const ComparisonPoint& point : points_) {
        left = std::min(left, point.cost);
        right = std::max(right, point.cost);
        low = std::min({low, point.accuracy, showsAllIntervals() ? point.low : point.accuracy});
        high = std::max({high, point.accuracy, showsAllIntervals() ? point.high : point.accuracy});
    }
    const double margin = std::max(1.25, std::pow(right / left, 0.08));
    xAxis->setRange(left / margin, right * margin);
    const double space = std::max(0.01, (high - low) * 0.08);
    yAxis->setRange((low - space) * 100, (high + space) * 100);
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
    for (const auto& [title, value] : {std::pair{colourTitle_, point.colourBy}, {symbolTitle_, point.symbolBy}})
        if (!value.isEmpty() && !text.contains(title + QStringLiteral(": ")))
            text += QLatin1Char('\n') + title + QStringLiteral(": ") + value;
    if (point.onFront)
        text += QLatin1Char('\n') + tr("On the Pareto front: nothing is both smaller and more accurate.");
    if (point.isBaseline)
        text += QLatin1Char('\n') + tr("The pinned baseline.");
    return text;
}

void ComparisonChart::mousePressEvent(QMouseEvent* event)
{
    const int point = pointAt(event->position());
    if (point >= 0 && event->button() == Qt::LeftButton)
        Q_EMIT pointClicked(points_[static_cast<std::size_t>(point)].id,
                            event->modifiers().testFlag(Qt::ControlModifier));
    Plot::mousePressEvent(event);
}

void ComparisonChart::mouseMoveEvent(QMouseEvent* event)
{
    const int point = event->buttons() == Qt::NoButton ? pointAt(event->position()) : hovered_;
    if (point != hovered_) {
        hovered_ = point;
        setCursor(point >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
        drawMarks();
        layer(QStringLiteral("marks"))->replot();
    }
    Plot::mouseMoveEvent(event);
}

void ComparisonChart::keyPressEvent(QKeyEvent* event)
{
    const int key = event->key();
    if (key == Qt::Key_Home) {
        showAll();
        return;
    }
    if (points_.empty() ||
        (key != Qt::Key_Left && key != Qt::Key_Right && key != Qt::Key_Return && key != Qt::Key_Space)) {
        Plot::keyPressEvent(event);
        return;
    }
    if (key == Qt::Key_Return || key == Qt::Key_Space) {
        if (hovered_ >= 0)
            Q_EMIT pointClicked(points_[static_cast<std::size_t>(hovered_)].id,
                                event->modifiers().testFlag(Qt::ControlModifier));
        return;
    }
    // From point to point in the order of their cost.
    std::vector<int> order(points_.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = static_cast<int>(i);
    std::stable_sort(order.begin(), order.end(), [this](int a, int b) {
        return points_[static_cast<std::size_t>(a)].cost < points_[static_cast<std::size_t>(b)].cost;
    });
    const auto place = std::find(order.begin(), order.end(), hovered_);
    const int at = place == order.end() ? (key == Qt::Key_Right ? -1 : static_cast<int>(order.size()))
                                        : static_cast<int>(place - order.begin());
    hovered_ = order[static_cast<std::size_t>(
        std::clamp(at + (key == Qt::Key_Right ? 1 : -1), 0, static_cast<int>(order.size()) - 1))];
    const ComparisonPoint& point = points_[static_cast<std::size_t>(hovered_)];
    setAccessibleDescription(describe(point));
    drawMarks();
    layer(QStringLiteral("marks"))->replot();
    QToolTip::showText(mapToGlobal(QPoint(static_cast<int>(xAxis->coordToPixel(point.cost)) + 12,
                                          static_cast<int>(yAxis->coordToPixel(point.accuracy * 100)))),
                       describe(point), this);
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
    return Plot::event(event);
}

} // namespace hilo
