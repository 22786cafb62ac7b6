// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/metric_chart.h"

#include "common/metric_text.h"
#include "common/numbers.h"
#include "common/theme.h"
#include "runs/history_graph.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <limits>

namespace hilo {
namespace {

constexpr qsizetype pointsAtOnce = 4000; ///< between two looks at the clock
constexpr double largestValue = 1e200;   ///< of an axis; it cannot show more than 1e250
constexpr qint64 sliceMilliseconds = 4;  ///< of taking points, in a turn of the event loop

} // namespace

MetricChart::MetricChart(QWidget* parent) : Plot(parent)
{
    axisRect()->setRangeZoomAxes(xAxis, nullptr);
    axisRect()->setRangeDragAxes(xAxis, nullptr);
    axisRect()->setMinimumMargins(QMargins(8, 4, 4, 4));
    legend->setIconSize(16, 10);
    legend->setBrush(Qt::NoBrush);
    legend->setMargins(QMargins(4, 0, 4, 0));
    legend->setRowSpacing(0);
    legend->setVisible(false);
    plotLayout()->setRowSpacing(0);
    xAxis->ticker()->setTickCount(4);
    yAxis->ticker()->setTickCount(4);
    connect(this, &QCustomPlot::afterLayout, this, &MetricChart::placeBestText);
    connect(this, &QCustomPlot::mouseDoubleClick, this, [this] { showAll(); });
    connect(&Theme::instance(), &Theme::changed, this, [this] { style(); });
    // There is nothing before the first step or behind the last one to be seen.
    connect(xAxis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this, [this](const QCPRange& range) {
        if (const QCPRange kept = range.bounded(0, lastShownStep()); kept != range)
            xAxis->setRange(kept);
    });
}

double MetricChart::lastShownStep() const
{
    double end = 1;
    for (const Line& line : lines_)
        end = std::max({end, line.curve.history->lastStep(), line.curve.history->totalSteps});
    return end * 1.03; // the last point is often the one that counts: it must not lie on the edge
}

void MetricChart::setMetric(const Metric& metric)
{
    metric_ = metric;
    setAxisTitles(tr("step"), metric.title);
    setAccessibleName(tr("Chart of %1 over steps").arg(metric.title));
    setAccessibleDescription(tr("Arrow keys move, plus and minus zoom, Home shows everything."));
    yAxis->setScaleType(metric.logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    yAxis->setTicker(metric.logarithmic ? QSharedPointer<QCPAxisTicker>(new QCPAxisTickerLog)
                                        : QSharedPointer<QCPAxisTicker>(new QCPAxisTicker));
    yAxis->ticker()->setTickCount(4);
    std::vector<Curve> curves;
    for (const Line& line : lines_)
        curves.push_back(line.curve);
    setCurves(std::move(curves));
}

void MetricChart::setSmoothing(double weight)
{
    smoothing_ = weight;
    for (Line& line : lines_)
        restart(line);
    catchUp();
}

bool MetricChart::isSmoothed() const
{
    return smoothing_ > 0 && metric_.key == QLatin1String("loss");
}

void MetricChart::setCurves(std::vector<Curve> curves)
{
    clearPlottables();
    lines_.clear();
    for (Curve& curve : curves) {
        if (!curve.history)
            continue;
        Line line;
        line.curve = std::move(curve);
        if (line.curve.series < 0)
            line.curve.series = static_cast<int>(lines_.size());
        line.raw = new HistoryGraph(xAxis, yAxis);
        line.raw->removeFromLegend();
        line.graph = new HistoryGraph(xAxis, yAxis);
        line.graph->setName(line.curve.name);
        line.marks = std::make_unique<EvaluationMarks>(*this);
        line.rewrites = line.curve.history->rewrites;
        lines_.push_back(std::move(line));
    }
    zoomed_ = false;
    style();
    catchUp();
}

void MetricChart::style()
{
    for (Line& line : lines_) {
        styleGraph(line.graph, line.curve.series, false);
        // One curve needs no telling apart: it takes the accent.
        if (isAlone())
            line.graph->setPen(QPen(Theme::instance().colours().accent, 1.5));
        QColor faint = line.graph->pen().color();
        faint.setAlpha(90);
        line.raw->setPen(QPen(faint, 1));
        drawMarks(line);
    }
    drawBestStep();
    replotLater();
}

void MetricChart::restart(Line& line)
{
    line.raw->clear();
    line.graph->clear();
    line.taken = 0;
    line.mean = line.share = 0;
    line.any = false;
    line.rewrites = line.curve.history->rewrites;
}

bool MetricChart::isBehind() const
{
    return !metric_.key.isEmpty() && std::any_of(lines_.begin(), lines_.end(), [](const Line& line) {
        return line.taken < line.curve.history->steps.size();
    });
}

qsizetype MetricChart::pointCount(std::size_t curve) const
{
    if (curve >= lines_.size())
        return 0;
    return metric_.key.isEmpty() ? lines_[curve].marks->pointCount() : lines_[curve].graph->dataCount();
}

void MetricChart::catchUp()
{
    takeSlice();
    if (!zoomed_)
        setRanges();
    replotLater();
    if (isBehind())
        prepareLater();
}

void MetricChart::prepare()
{
    QElapsedTimer clock;
    clock.start();
    do
        takeSlice();
    while (isBehind() && clock.elapsed() < sliceMilliseconds);
    if (!zoomed_)
        setRanges();
}

void MetricChart::takeSlice()
{
    const qsizetype budget = pointsAtOnce / std::max<qsizetype>(1, static_cast<qsizetype>(lines_.size()));
    for (Line& line : lines_) {
        if (line.rewrites != line.curve.history->rewrites)
            restart(line);
        if (!metric_.key.isEmpty())
            take(line, budget);
        drawMarks(line);
    }
    drawBestStep();
    // One curve without anything beside it needs no legend.
    if (isAlone() && metric_.key.isEmpty())
        lines_.front().graph->removeFromLegend();
    else if (isAlone())
        lines_.front().graph->setName(metric_.evaluation.isEmpty() ? QString() : tr("training"));
    placeLegend();
}

/// Below the axes, where it hides nothing, in as many columns as there is room for; away when there is nothing to tell
/// apart.
void MetricChart::placeLegend()
{
    const bool wanted = lines_.size() > 1 || legend->itemCount() > 1;
    if (wanted != legend->visible()) {
        legend->setVisible(wanted);
        if (wanted) {
            plotLayout()->addElement(1, 0, legend);
            plotLayout()->setRowStretchFactor(1, 0.001);
        } else {
            plotLayout()->take(legend);
            plotLayout()->simplify();
        }
    }
    if (!wanted) {
        if (plotHeight_ > 0)
            setMinimumHeight(plotHeight_);
        return;
    }
    int widest = 1;
    for (int i = 0; i < legend->itemCount(); ++i)
        if (auto* item = qobject_cast<QCPPlottableLegendItem*>(legend->item(i)))
            widest = std::max(widest, QFontMetrics(item->font()).horizontalAdvance(item->plottable()->name()));
    const int columns = std::max(1, (width() - 30) / (widest + legend->iconSize().width() + 24));
    if (legend->wrap() != columns || legend->rowCount() * legend->columnCount() < legend->itemCount()) {
        legend->setWrap(columns);
        legend->setFillOrder(QCPLegend::foColumnsFirst, true);
    }
    // The layout shares out whole pixels, and a line that gets one less than it needs is cut.
    const int line = std::max(QFontMetrics(legend->font()).height(), legend->iconSize().height()) + 2;
    const int lines = (legend->itemCount() + columns - 1) / columns;
    const int height = lines * line + (lines - 1) * legend->rowSpacing();
    legend->setMinimumSize(0, height);
    if (plotHeight_ > 0)
        setMinimumHeight(plotHeight_ + height + legend->margins().top() + legend->margins().bottom() +
                         plotLayout()->rowSpacing() + 2);
}

void MetricChart::setPlotHeight(int height)
{
    plotHeight_ = height;
    placeLegend();
}

void MetricChart::resizeEvent(QResizeEvent* event)
{
    placeLegend();
    Plot::resizeEvent(event);
}

void MetricChart::addPoint(Line& line, double step, double value, QVector<QCPGraphData>& raw,
                           QVector<QCPGraphData>& mean)
{
    // What the axis cannot show is a gap as well; scaling may have made a huge value infinite.
    if (!(std::abs(value) < largestValue))
        value = std::numeric_limits<double>::quiet_NaN();
    if (!std::isnan(value)) {
        line.low = line.any ? std::min(line.low, value) : value;
        line.high = line.any ? std::max(line.high, value) : value;
        line.any = true;
    }
    if (!isSmoothed()) {
        mean.append({step, value});
        return;
    }
    raw.append({step, value});
    if (!std::isnan(value)) {
        line.mean = smoothing_ * line.mean + (1 - smoothing_) * value;
        line.share = smoothing_ * line.share + (1 - smoothing_);
    }
    if (line.share > 0)
        mean.append({step, line.mean / line.share});
}

void MetricChart::take(Line& line, qsizetype budget)
{
    const RunHistory& history = *line.curve.history;
    const auto found = history.metrics.find(metric_.key.toStdString());
    const qsizetype end = std::min(history.steps.size(), line.taken + budget);
    if (found != history.metrics.end() && end > line.taken) {
        QVector<QCPGraphData> raw, mean;
        mean.reserve(end - line.taken);
        raw.reserve(isSmoothed() ? end - line.taken : 0);
        for (qsizetype i = line.taken; i < end; ++i)
            addPoint(line, history.steps[i], found->second[i] * metric_.scale, raw, mean);
        line.raw->append(raw);
        line.graph->append(mean);
    }
    line.taken = end;
}

void MetricChart::drawMarks(Line& line)
{
    const EvaluationMarks::Look look{isAlone(), line.graph->pen().color(), Theme::instance().isDark() ? 1 : 0};
    line.marks->draw(line.curve.history->evaluations, metric_.evaluation.toStdString(), metric_.evaluationScale, look);
}

/// Where the weights come from that the run has taken, in charts that show what they were chosen by.
void MetricChart::drawBestStep()
{
    const bool has = isAlone() && !metric_.evaluation.isEmpty() && lines_.front().curve.history->bestStep;
    if (!has || !best_) {
        if (best_) {
            removeItem(bestText_);
            removeItem(best_);
        }
        best_ = nullptr;
        bestText_ = nullptr;
    }
    if (!has)
        return;
    const ThemeColours& colours = Theme::instance().colours();
    const auto step = static_cast<double>(*lines_.front().curve.history->bestStep);
    if (!best_) {
        best_ = new QCPItemStraightLine(this);
        bestText_ = new QCPItemText(this);
        bestText_->position->setTypeX(QCPItemPosition::ptPlotCoords);
        bestText_->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
        bestText_->setPadding(QMargins(4, 0, 4, 0));
    }
    best_->setPen(QPen(colours.good, 1, Qt::DashLine));
    best_->point1->setCoords(step, 0);
    best_->point2->setCoords(step, 1);
    bestText_->setColor(colours.good);
    bestText_->setBrush(QBrush(colours.card));
    bestText_->setText(tr("best: step %1").arg(groupedNumber(std::llround(step))));
    placeBestText();
}

/// On the side that has room; where none has enough the text begins at the axis.
void MetricChart::placeBestText()
{
    if (!best_ || lines_.empty())
        return;
    const double step = best_->point1->coords().x();
    const double line = xAxis->coordToPixel(step);
    const double width = QFontMetrics(bestText_->font()).horizontalAdvance(bestText_->text()) + 10;
    const bool fitsLeft = line - axisRect()->left() >= width;
    const bool fitsRight = axisRect()->right() - line >= width;
    const bool isLate = step > lines_.front().curve.history->lastStep() / 2;
    const bool onLeft = fitsLeft && (isLate || !fitsRight);
    // A loss falls to the right, most else rises.
    const bool onTop = MetricText(metric_.evaluation.toStdString()).lowerIsBetter();
    bestText_->setPositionAlignment((onTop ? Qt::AlignTop : Qt::AlignBottom) |
                                    (onLeft ? Qt::AlignRight : Qt::AlignLeft));
    bestText_->position->setCoords(fitsLeft || fitsRight ? step : xAxis->pixelToCoord(axisRect()->left()),
                                   onTop ? 0 : 1);
}

void MetricChart::setRanges()
{
    double low = 0, high = 1;
    bool any = false;
    for (const Line& line : lines_) {
        const auto widen = [&](double lowest, double highest) {
            low = any ? std::min(low, lowest) : lowest;
            high = any ? std::max(high, highest) : highest;
            any = true;
        };
        if (line.any)
            widen(line.low, line.high);
        if (line.marks->any())
            widen(line.marks->low(), line.marks->high());
    }
    xAxis->setRange(0, lastShownStep());
    if (metric_.logarithmic) {
        yAxis->setRange(std::max(low, 1e-12) / 1.2, std::max(high, 1e-12) * 1.2);
        return;
    }
    const double margin = high > low ? (high - low) * 0.08 : std::max(std::abs(high) * 0.1, 1e-9);
    yAxis->setRange(low - (low > 0 && low - margin < 0 ? low : margin), high + margin);
}

void MetricChart::showAll()
{
    zoomed_ = false;
    setRanges();
    replotLater();
}

void MetricChart::keyPressEvent(QKeyEvent* event)
{
    const double span = xAxis->range().size();
    switch (event->key()) {
    case Qt::Key_Left:
        xAxis->moveRange(-span / 10);
        break;
    case Qt::Key_Right:
        xAxis->moveRange(span / 10);
        break;
    case Qt::Key_Plus:
        xAxis->scaleRange(0.8);
        break;
    case Qt::Key_Minus:
        xAxis->scaleRange(1.25);
        break;
    case Qt::Key_Home:
        showAll();
        return;
    default:
        Plot::keyPressEvent(event);
        return;
    }
    zoomed_ = true;
    replotLater();
}

void MetricChart::wheelEvent(QWheelEvent* event)
{
    // The page scrolls under the wheel; zooming asks for Ctrl.
    if (!event->modifiers().testFlag(Qt::ControlModifier)) {
        event->ignore();
        return;
    }
    zoomed_ = true;
    Plot::wheelEvent(event);
}

void MetricChart::mouseMoveEvent(QMouseEvent* event)
{
    zoomed_ = zoomed_ || event->buttons().testFlag(Qt::LeftButton);
    Plot::mouseMoveEvent(event);
}

QString MetricChart::valueAt(const QPointF& position) const
{
    QStringList texts;
    for (const Line& line : lines_) {
        for (const QString& text : line.marks->textsAt(xAxis->pixelToCoord(position.x())))
            texts << (isAlone() ? text : line.curve.name + QStringLiteral(", ") + text);
        const auto points = (line.raw->dataCount() > 0 ? line.raw : line.graph)->data();
        const double key = xAxis->pixelToCoord(position.x());
        auto point = points->findBegin(key);
        if (point == points->constEnd())
            continue;
        const auto next = point + 1;
        if (next != points->constEnd() && std::abs(next->key - key) < std::abs(point->key - key))
            point = next;
        if (std::isnan(point->value))
            continue;
        const QString text = tr("step %1: %2").arg(groupedNumber(std::llround(point->key)), shortNumber(point->value));
        texts << (lines_.size() > 1 ? line.curve.name + QStringLiteral(", ") + text : text);
    }
    texts << tr("Ctrl+wheel zooms, dragging moves, a double click shows everything.");
    return texts.join(QLatin1Char('\n'));
}

bool MetricChart::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), valueAt(help->pos()), this);
        return true;
    }
    return Plot::event(event);
}

} // namespace hilo
