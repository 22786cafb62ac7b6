// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/comparison_chart.h"

#include "common/numbers.h"
#include "common/release_later.h"
#include "common/theme.h"
#include "compare/parameter_ticker.h"
#include "compare/scatter_graph.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

namespace hilo {
namespace {

constexpr int mostSeries = 6;                   ///< colours and symbols there are
constexpr std::size_t mostIntervals = 400;      ///< more of them hide one another, and take too long to draw
constexpr std::size_t mostSmoothSymbols = 2000; ///< above, symbols are drawn small

const QString marksLayer = QStringLiteral("marks");

} // namespace

std::shared_ptr<const ComparisonPoints> shareOutPoints(std::vector<ComparisonPoint> points, CostAxis axis,
                                                       const std::vector<QString>& allColours,
                                                       const std::vector<QString>& allSymbols)
{
    auto shared = std::make_shared<ComparisonPoints>();
    std::erase_if(points, [&axis](const ComparisonPoint& point) {
        return !std::isfinite(point.cost) || !std::isfinite(point.value) || (axis.logarithmic && !(point.cost > 0));
    });
    shared->axis = std::move(axis);
    // What was published has no series of its own; those that have stand before it.
    std::stable_partition(points.begin(), points.end(),
                          [](const ComparisonPoint& point) { return point.source.isEmpty(); });
    std::vector<QString> colours, symbols;
    for (const ComparisonPoint& point : points) {
        if (!point.source.isEmpty())
            break;
        colours.push_back(point.colourBy);
        symbols.push_back(point.symbolBy);
    }
    shared->colours = shareOutAmong(colours, allColours, mostSeries);
    shared->symbols = shareOutAmong(symbols, allSymbols, mostSeries);
    shared->byCost.resize(points.size());
    std::iota(shared->byCost.begin(), shared->byCost.end(), 0);
    std::stable_sort(shared->byCost.begin(), shared->byCost.end(), [&points](int a, int b) {
        return points[static_cast<std::size_t>(a)].cost < points[static_cast<std::size_t>(b)].cost;
    });
    shared->points = std::move(points);
    return shared;
}

ComparisonChart::ComparisonChart(QWidget* parent) : Plot(parent)
{
    xAxis->setScaleType(QCPAxis::stLogarithmic);
    xAxis->setTicker(QSharedPointer<ParameterTicker>::create());
    xAxis->grid()->setSubGridVisible(false);
    yAxis->ticker()->setTickCount(6);
    setMetric(MetricText());
    setMouseTracking(true);
    // Marks change with every selection; on a buffer of their own the points need not be drawn again.
    addLayer(marksLayer, layer(QStringLiteral("main")), limAbove);
    layer(marksLayer)->setMode(QCPLayer::lmBuffered);
    // The legend below the axes hides no point.
    plotLayout()->addElement(1, 0, legend);
    plotLayout()->setRowStretchFactor(1, 0.001);
    legend->setFillOrder(QCPLegend::foColumnsFirst);
    legend->setWrap(4);
    legend->setIconSize(14, 12);
    connect(this, &QCustomPlot::mouseDoubleClick, this, [this] { showAll(); });
    connect(&Theme::instance(), &Theme::changed, this, [this] { draw(); });
}

void ComparisonChart::setMetric(const MetricText& metric)
{
    metric_ = metric;
    setAccessibleName(tr("%1 against parameters, with the Pareto front").arg(metric.title()));
}

void ComparisonChart::setPoints(std::vector<ComparisonPoint> points, const QString& costTitle,
                                const QString& colourTitle, const QString& symbolTitle)
{
    sharePoints(shareOutPoints(std::move(points)), costTitle, colourTitle, symbolTitle);
}

void ComparisonChart::sharePoints(std::shared_ptr<const ComparisonPoints> points, const QString& costTitle,
                                  const QString& colourTitle, const QString& symbolTitle)
{
    releaseLater(std::exchange(shared_, std::move(points)));
    applyAxis();
    colourTitle_ = colourTitle;
    symbolTitle_ = symbolTitle;
    hovered_ = -1;
    fixed_.clear();
    for (const int index : shared_->byCost)
        if (pointOf(index).isBaseline || (pointOf(index).onFront && !showsAllIntervals()))
            fixed_.push_back(index);
    findSelected();
    setAxisTitles(costTitle,
                  metric_.lowerIsBetter() ? tr("%1, lower is better").arg(metric_.axisTitle()) : metric_.axisTitle());
    setAccessibleDescription(tr("%n point(s). Left and right go from point to point, Return selects.", nullptr,
                                static_cast<int>(this->points().size())));
    draw();
    showAll();
}

void ComparisonChart::applyAxis()
{
    const CostAxis& axis = shared_->axis;
    xAxis->setScaleType(axis.logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    if (!axis.categories.isEmpty()) {
        auto ticker = QSharedPointer<QCPAxisTickerText>::create();
        for (int i = 0; i < axis.categories.size(); ++i)
            ticker->addTick(i + 1, axis.categories[i].isEmpty() ? tr("not set") : axis.categories[i]);
        xAxis->setTicker(ticker);
    } else if (axis.logarithmic) {
        xAxis->setTicker(QSharedPointer<ParameterTicker>::create());
    } else {
        xAxis->setTicker(QSharedPointer<QCPAxisTicker>::create());
    }
    setAccessibleName(axis.isCost ? tr("%1 against parameters, with the Pareto front").arg(metric_.title())
                                  : tr("%1 of all runs").arg(metric_.title()));
}

void ComparisonChart::setSelected(const QSet<QString>& ids)
{
    if (ids == selected_)
        return;
    selected_ = ids;
    findSelected();
    drawMarks();
    replotLayer(marksLayer);
}

void ComparisonChart::findSelected()
{
    selection_.clear();
    if (selected_.isEmpty())
        return;
    for (std::size_t i = 0; i < points().size(); ++i)
        if (selected_.contains(points()[i].id))
            selection_.push_back(static_cast<int>(i));
}

bool ComparisonChart::showsAllIntervals() const
{
    return points().size() <= mostIntervals;
}

QColor ComparisonChart::colourOf(int series) const
{
    return Theme::instance().series(series % mostSeries).colour;
}

void ComparisonChart::draw()
{
    clearPlottables();
    clearItems();
    marks_ = markedIntervals_ = nullptr;
    markBars_ = nullptr;
    drawFront();
    drawPoints();
    drawPublished();
    drawLegend();
    drawMarks();
    replotLater();
}

void ComparisonChart::drawFront()
{
    PointList front;
    for (const int index : shared_->byCost)
        if (pointOf(index).onFront)
            front.push_back(&pointOf(index));
    auto* line = addGraph();
    line->setName(tr("Pareto front"));
    line->setPen(QPen(Theme::instance().colours().accent, 1.4));
    line->setLineStyle(QCPGraph::lsStepLeft);
    for (const ComparisonPoint* point : front)
        line->addData(point->cost, heightOf(point->value));
    // Behind the last point nothing better is known, at any size.
    if (!front.empty() && shared_->axis.isCost)
        line->addData(front.back()->cost * 1e6, heightOf(front.back()->value));
}

void ComparisonChart::addPoints(const PointList& points, const QCPScatterStyle& style)
{
    auto* graph = new ScatterGraph(xAxis, yAxis);
    graph->setLineStyle(QCPGraph::lsNone);
    graph->setScatterStyle(style);
    graph->setPen(QPen(style.pen().color()));
    graph->removeFromLegend();
    QVector<double> costs, values;
    for (const ComparisonPoint* point : points) {
        costs << point->cost;
        values << heightOf(point->value);
    }
    graph->setData(costs, values, true);
    if (showsAllIntervals())
        addIntervals(graph, points, style.pen().color());
}

void ComparisonChart::addIntervals(QCPGraph* graph, const PointList& points, const QColor& colour)
{
    QVector<double> below, above;
    for (const ComparisonPoint* point : points) {
        below << heightOf(point->value - point->low);
        above << heightOf(point->high - point->value);
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
    const bool small = points().size() > mostSmoothSymbols;
    std::map<std::pair<int, int>, PointList> kinds;
    for (const int index : shared_->byCost) {
        const auto place = static_cast<std::size_t>(index);
        if (!points()[place].source.isEmpty())
            continue;
        kinds[{shared_->colours.styleAt(place), shared_->symbols.styleAt(place)}].push_back(&points()[place]);
    }
    setNotAntialiasedElements(small ? QCP::AntialiasedElements(QCP::aeScatters) : QCP::AntialiasedElements());
    // By what they are, not by their colour: the last colour is that of all others.
    std::map<QString, std::vector<int>> lines;
    for (const int index : shared_->byCost)
        if (isConnected_ && pointOf(index).source.isEmpty())
            lines[pointOf(index).colourBy].push_back(index);
    for (const auto& [name, list] : lines) {
        if (list.size() < 2)
            continue;
        auto* line = addGraph();
        const auto first = static_cast<std::size_t>(list.front());
        line->setPen(QPen(colourOf(shared_->colours.styleAt(first)), 1, Qt::DashLine));
        line->removeFromLegend();
        for (const int index : list)
            line->addData(pointOf(index).cost, heightOf(pointOf(index).value));
    }
    for (const auto& [kind, list] : kinds)
        addPoints(list, symbol(ChartSeries::symbolOf(kind.second), colourOf(kind.first), small ? 5 : 9));
}

void ComparisonChart::drawPublished()
{
    PointList published;
    for (const int index : shared_->byCost)
        if (!pointOf(index).source.isEmpty())
            published.push_back(&pointOf(index));
    if (published.empty())
        return;
    const ThemeColours& colours = Theme::instance().colours();
    auto* graph = addGraph();
    graph->setName(tr("published"));
    graph->setLineStyle(QCPGraph::lsNone);
    graph->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDiamond, QPen(colours.quietText, 1.4), Qt::NoBrush, 10));
    for (const ComparisonPoint* point : published) {
        graph->addData(point->cost, heightOf(point->value));
        auto* words = new QCPItemText(this);
        words->setText(point->name + QStringLiteral(", ") + point->source.section(QLatin1Char(','), 0, 0));
        words->setColor(colours.quietText);
        words->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        words->setPadding(QMargins(10, 0, 0, 0));
        words->position->setCoords(point->cost, heightOf(point->value));
        words->setClipToAxisRect(true);
    }
}

void ComparisonChart::drawLegend()
{
    legend->clearItems();
    const QStringList &colourNames = shared_->colours.names, &symbolNames = shared_->symbols.names;
    const bool together = colourTitle_ == symbolTitle_;
    // Graphs without points are what the legend's entries belong to.
    const auto entry = [this](const QString& name, const QCPScatterStyle& style) {
        auto* graph = addGraph();
        graph->setLineStyle(QCPGraph::lsNone);
        graph->setScatterStyle(style);
        graph->setName(name);
    };
    QCPGraph* published = nullptr;
    for (int i = 0; i < graphCount(); ++i)
        if (graph(i)->name() == tr("published"))
            published = graph(i);
    if (points().empty()) {
        legend->setVisible(false);
        return;
    }
    if (shared_->axis.isCost)
        graph(0)->addToLegend();
    // What no point has has no place in the legend.
    const auto isUsed = [](const ChartSeries& series, int name) {
        return std::find(series.index.begin(), series.index.end(), name) != series.index.end();
    };
    for (int i = 0; i < colourNames.size(); ++i)
        if (const int style = shared_->colours.styles[static_cast<std::size_t>(i)]; isUsed(shared_->colours, i))
            entry(together ? colourNames[i] : colourTitle_ + QStringLiteral(": ") + colourNames[i],
                  symbol(together ? ChartSeries::symbolOf(style) : 0, colourOf(style), 8));
    for (int i = 0; !together && i < symbolNames.size(); ++i)
        if (isUsed(shared_->symbols, i))
            entry(symbolTitle_ + QStringLiteral(": ") + symbolNames[i],
                  symbol(ChartSeries::symbolOf(shared_->symbols.styles[static_cast<std::size_t>(i)]),
                         Theme::instance().colours().quietText, 8));
    if (published)
        published->addToLegend();
    legend->setVisible(true);
}

void ComparisonChart::drawMarks()
{
    if (!marks_) {
        const ThemeColours& colours = Theme::instance().colours();
        QCPLayer* above = layer(marksLayer);
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
    std::vector<int> chosen = selection_;
    if (hovered_ >= 0 && std::find(chosen.begin(), chosen.end(), hovered_) == chosen.end())
        chosen.push_back(hovered_);
    for (const int index : chosen) {
        marks_->addData(pointOf(index).cost, heightOf(pointOf(index).value));
        marked.push_back(&pointOf(index));
    }
    for (const int index : fixed_)
        if (std::find(chosen.begin(), chosen.end(), index) == chosen.end())
            marked.push_back(&pointOf(index));
    std::sort(marked.begin(), marked.end(), [](auto* a, auto* b) { return a->cost < b->cost; });
    QVector<double> below, above;
    for (const ComparisonPoint* point : marked) {
        markedIntervals_->addData(point->cost, heightOf(point->value));
        below << heightOf(point->value - point->low);
        above << heightOf(point->high - point->value);
    }
    markBars_->setData(below, above);
}

void ComparisonChart::showAll()
{
    if (points().empty()) {
        xAxis->setRange(1e5, 1e8);
        yAxis->setRange(0, metric_.scale());
        replotLater();
        return;
    }
    const double left = pointOf(shared_->byCost.front()).cost, right = pointOf(shared_->byCost.back()).cost;
    double low = std::numeric_limits<double>::infinity(), high = -low;
    for (const ComparisonPoint& point : points()) {
        low = std::min({low, point.value, showsAllIntervals() ? point.low : point.value});
        high = std::max({high, point.value, showsAllIntervals() ? point.high : point.value});
    }
    if (shared_->axis.logarithmic) {
        const double margin = std::max(1.25, std::pow(right / left, 0.08));
        xAxis->setRange(left / margin, right * margin);
    } else if (!shared_->axis.categories.isEmpty()) {
        xAxis->setRange(0.5, static_cast<double>(shared_->axis.categories.size()) + 0.5);
    } else {
        const double margin = right > left ? (right - left) * 0.08 : std::max(std::abs(right) * 0.1, 0.5);
        xAxis->setRange(left - margin, right + margin);
    }
    const double least = metric_.isShare() ? 0.01 : std::max(1e-6, std::max(std::abs(low), std::abs(high)) * 0.01);
    const double space = std::max(least, (high - low) * 0.08);
    yAxis->setRange(heightOf(low - space), heightOf(high + space));
    replotLater();
}

int ComparisonChart::pointAt(const QPointF& position) const
{
    constexpr double reach = 12;
    const auto [least, most] =
        std::minmax({xAxis->pixelToCoord(position.x() - reach - 1), xAxis->pixelToCoord(position.x() + reach + 1)});
    const std::vector<int>& order = shared_->byCost;
    const auto first = std::lower_bound(order.begin(), order.end(), least,
                                        [this](int index, double cost) { return pointOf(index).cost < cost; });
    int nearest = -1;
    double best = reach * reach;
    for (auto place = first; place != order.end() && pointOf(*place).cost <= most; ++place) {
        const double dx = xAxis->coordToPixel(pointOf(*place).cost) - position.x();
        const double dy = yAxis->coordToPixel(heightOf(pointOf(*place).value)) - position.y();
        const double distance = dx * dx + dy * dy;
        // Of points in one place the last one lies on top.
        if (distance < best || (distance == best && *place > nearest)) {
            best = distance;
            nearest = *place;
        }
    }
    return nearest;
}

/// "84.8 % (83.5–86.0)", "Loss, cola: 1.234 nats/token"
QString ComparisonChart::valueText(const ComparisonPoint& point) const
{
    if (metric_.isShare() && point.hasInterval)
        return metric_.task().empty() && metric_.metric() == "accuracy"
                   ? accuracyText(point.value, point.low, point.high)
                   : metric_.title() + QStringLiteral(": ") + accuracyText(point.value, point.low, point.high);
    QString text = metric_.title() + QStringLiteral(": ") + metric_.withUnit(point.value);
    if (point.hasInterval)
        text += QStringLiteral(" (%1 … %2)").arg(metric_.number(point.low), metric_.number(point.high));
    return text;
}

/// "1,234,567", "0.0003", "mola"
QString ComparisonChart::costText(double cost) const
{
    const QStringList& categories = shared_->axis.categories;
    if (!categories.isEmpty())
        return categories.value(static_cast<int>(std::lround(cost)) - 1);
    return cost == std::floor(cost) && std::abs(cost) < 1e15
               ? groupedNumber(static_cast<std::int64_t>(cost))
               : QLocale().toString(cost, 'g', QLocale::FloatingPointShortest);
}

QString ComparisonChart::describe(const ComparisonPoint& point) const
{
    QString text =
        QStringLiteral("%1\n%2\n%3 %4").arg(point.name, valueText(point), costText(point.cost), xAxis->label());
    for (const auto& [title, value] : {std::pair{colourTitle_, point.colourBy}, {symbolTitle_, point.symbolBy}})
        if (!value.isEmpty() && !text.contains(title + QStringLiteral(": ")))
            text += QLatin1Char('\n') + title + QStringLiteral(": ") + value;
    if (!point.source.isEmpty())
        text += QLatin1Char('\n') + tr("Published: %1").arg(point.source);
    if (point.onFront)
        text += QLatin1Char('\n') + tr("On the Pareto front: nothing is both smaller and better.");
    if (point.isBaseline)
        text += QLatin1Char('\n') + tr("The pinned baseline.");
    return text;
}

void ComparisonChart::mousePressEvent(QMouseEvent* event)
{
    const int point = pointAt(event->position());
    if (point >= 0 && event->button() == Qt::LeftButton && pointOf(point).source.isEmpty())
        Q_EMIT pointClicked(pointOf(point).id, event->modifiers().testFlag(Qt::ControlModifier));
    Plot::mousePressEvent(event);
}

void ComparisonChart::mouseMoveEvent(QMouseEvent* event)
{
    const int point = event->buttons() == Qt::NoButton ? pointAt(event->position()) : hovered_;
    if (point != hovered_) {
        hovered_ = point;
        setCursor(point >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
        drawMarks();
        replotLayer(marksLayer);
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
    if (points().empty() ||
        (key != Qt::Key_Left && key != Qt::Key_Right && key != Qt::Key_Return && key != Qt::Key_Space)) {
        Plot::keyPressEvent(event);
        return;
    }
    if (key == Qt::Key_Return || key == Qt::Key_Space) {
        if (hovered_ >= 0 && pointOf(hovered_).source.isEmpty())
            Q_EMIT pointClicked(pointOf(hovered_).id, event->modifiers().testFlag(Qt::ControlModifier));
        return;
    }
    // From point to point in the order of their cost.
    const std::vector<int>& order = shared_->byCost;
    const auto place = std::find(order.begin(), order.end(), hovered_);
    const int at = place == order.end() ? (key == Qt::Key_Right ? -1 : static_cast<int>(order.size()))
                                        : static_cast<int>(place - order.begin());
    hovered_ = order[static_cast<std::size_t>(
        std::clamp(at + (key == Qt::Key_Right ? 1 : -1), 0, static_cast<int>(order.size()) - 1))];
    const ComparisonPoint& point = pointOf(hovered_);
    setAccessibleDescription(describe(point));
    drawMarks();
    replotLayer(marksLayer);
    QToolTip::showText(mapToGlobal(QPoint(static_cast<int>(xAxis->coordToPixel(point.cost)) + 12,
                                          static_cast<int>(yAxis->coordToPixel(heightOf(point.value))))),
                       describe(point), this);
}

bool ComparisonChart::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int point = pointAt(help->pos());
        QToolTip::showText(help->globalPos(), point < 0 ? QString() : describe(pointOf(point)), this);
        return true;
    }
    return Plot::event(event);
}

} // namespace hilo
