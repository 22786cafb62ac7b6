// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/metric_chart.h"

#include "common/metric_text.h"
#include "common/numbers.h"
#include "common/theme.h"
#include "runs/axis_scale.h"
#include "runs/chart_legend.h"
#include "runs/history_graph.h"

#include <QAction>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMenu>
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

MetricChart::MetricChart(QWidget* parent) : Plot(parent), best_(*this)
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
    connect(this, &QCustomPlot::afterLayout, this, [this] {
        best_.placeText();
        if (fitTitle(*this, metric_.title))
            replotLater();
    });
    connect(this, &QCustomPlot::mouseDoubleClick, this, [this] { showAll(); });
    connect(&Theme::instance(), &Theme::changed, this, [this] { style(); });
    // There is nothing before the first step or behind the last one to be seen.
    connect(xAxis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this, [this](const QCPRange& range) {
        const QCPRange whole = wholeRange();
        if (const QCPRange kept = range.bounded(whole.lower, whole.upper); kept != range)
            xAxis->setRange(kept);
        if (cursor_)
            setCursor(cursor());
    });
    cursor_ = std::make_unique<ChartCursor>(*this);
    setMouseTracking(true);
}

QCPRange MetricChart::wholeRange() const
{
    double end = 0, begin = 0;
    for (const Line& line : lines_) {
        if (!line.places.isKnown())
            continue;
        end = std::max(end, line.places.end(*line.curve.history));
        if (line.firstPlace > 0)
            begin = begin > 0 ? std::min(begin, line.firstPlace) : line.firstPlace;
    }
    if (!(end > 0))
        end = 1;
    end *= 1.03; // the last point is often the one that counts: it must not lie on the edge
    if (!logX_)
        return {0, end};
    begin = begin > 0 && begin < end ? begin : end / 1000;
    return {begin / 1.05, end};
}

void MetricChart::setStepAxis(StepAxis axis)
{
    if (axis == axis_)
        return;
    axis_ = axis;
    moveCursor({});
    applyScales();
    restartAll();
}

void MetricChart::setLogarithmic(Qt::Orientation orientation, bool logarithmic)
{
    if (isLogarithmic(orientation) == logarithmic)
        return;
    (orientation == Qt::Horizontal ? logX_ : metric_.logarithmic) = logarithmic;
    applyScales();
    restartAll();
}

bool MetricChart::isLogarithmic(Qt::Orientation orientation) const
{
    return orientation == Qt::Horizontal ? logX_ : metric_.logarithmic;
}

QStringList MetricChart::unplaced() const
{
    QStringList names;
    for (const Line& line : lines_)
        if (!line.places.isKnown() && !line.curve.history->steps.isEmpty())
            names << line.curve.name;
    return names;
}

void MetricChart::restartAll()
{
    zoomed_ = false;
    for (Line& line : lines_) {
        line.places = StepPlaces(axis_);
        restart(line);
    }
    catchUp();
}

void MetricChart::applyScales()
{
    setScale(*xAxis, logX_, axis_ == StepAxis::Time);
    setScale(*yAxis, metric_.logarithmic, false);
    setAxisTitles(axisTitleOf(axis_), metric_.title);
}

void MetricChart::setMetric(const Metric& metric)
{
    metric_ = metric;
    setAccessibleName(tr("Chart of %1 over steps").arg(metric.title));
    setAccessibleDescription(tr("Arrow keys move, with Shift the cursor, plus and minus zoom, Home shows everything, L "
                                "makes the vertical axis logarithmic, F shows the chart alone, Ctrl+C copies it."));
    applyScales();
    std::vector<Curve> curves;
    for (const Line& line : lines_)
        curves.push_back(line.curve);
    setCurves(std::move(curves));
}

void MetricChart::setSmoothing(const Smoothing& smoothing)
{
    if (smoothing == smoothing_)
        return;
    smoothing_ = smoothing;
    for (Line& line : lines_)
        restart(line);
    catchUp();
}

bool MetricChart::isSmoothed() const
{
    return smoothing_.isOn() && !metric_.key.isEmpty() && metric_.key != QLatin1String("lr") &&
           metric_.key != QLatin1String("memory_bytes");
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
        if (line.curve.history->metrics.contains(metric_.key.toStdString() + RunHistory::lowEnd)) {
            line.band = std::make_unique<BandGraph>(*this);
            line.band->restart(isSmoothed() ? smoothing_ : Smoothing{Smoothing::Method::None, 0});
        }
        line.marks = std::make_unique<EvaluationMarks>(*this);
        line.rewrites = line.curve.history->rewrites;
        line.smoother = Smoother(smoothing_);
        line.places = StepPlaces(axis_);
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
        if (line.band)
            line.band->setColour(faint);
        drawMarks(line);
    }
    drawBestStep();
    replotLater();
}

void MetricChart::restart(Line& line)
{
    line.raw->clear();
    line.graph->clear();
    if (line.band)
        line.band->restart(isSmoothed() ? smoothing_ : Smoothing{Smoothing::Method::None, 0});
    line.taken = 0;
    line.smoother = Smoother(smoothing_);
    line.leastPositive = line.firstPlace = 0;
    ++line.moves;
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
        const bool isAnew = line.rewrites != line.curve.history->rewrites;
        if (line.places.update(*line.curve.history) || isAnew)
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

void MetricChart::placeLegend()
{
    const int height = hilo::placeLegend(*this, lines_.size() > 1 || legend->itemCount() > 1);
    if (plotHeight_ > 0)
        setMinimumHeight(plotHeight_ + height);
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

void MetricChart::addPoint(Line& line, double place, double value, QVector<QCPGraphData>& raw,
                           QVector<QCPGraphData>& mean)
{
    // What the axis cannot show is a gap as well; scaling may have made a huge value infinite.
    if (!(std::abs(value) < largestValue))
        value = std::numeric_limits<double>::quiet_NaN();
    if (!std::isnan(value)) {
        line.low = line.any ? std::min(line.low, value) : value;
        line.high = line.any ? std::max(line.high, value) : value;
        if (value > 0)
            line.leastPositive = line.leastPositive > 0 ? std::min(line.leastPositive, value) : value;
        line.any = true;
    }
    if (place > 0)
        line.firstPlace = line.firstPlace > 0 ? std::min(line.firstPlace, place) : place;
    // A logarithmic axis has no place for the others.
    const auto drawn = [this](double one) {
        return metric_.logarithmic && !(one > 0) ? std::numeric_limits<double>::quiet_NaN() : one;
    };
    if (!isSmoothed()) {
        mean.append({place, drawn(value)});
        return;
    }
    raw.append({place, drawn(value)});
    if (const double smooth = line.smoother.add(value); !std::isnan(smooth))
        mean.append({place, drawn(smooth)});
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
            if (const double place = line.places.at(history, i); !std::isnan(place) && (!logX_ || place > 0))
                addPoint(line, place, found->second[i] * metric_.scale, raw, mean);
        line.raw->append(raw);
        line.graph->append(mean);
        if (line.band) {
            const QVector<double>& lows = history.metrics.at(found->first + RunHistory::lowEnd);
            const QVector<double>& highs = history.metrics.at(found->first + RunHistory::highEnd);
            for (qsizetype i = line.taken; i < end; ++i)
                if (const double place = line.places.at(history, i); !std::isnan(place) && (!logX_ || place > 0))
                    line.band->add(place, lows[i] * metric_.scale, highs[i] * metric_.scale, metric_.logarithmic);
            line.band->flush();
        }
    }
    line.taken = end;
}

void MetricChart::drawMarks(Line& line)
{
    const RunHistory& history = *line.curve.history;
    // Times of steps that come grow with them; all other places stay.
    const double growth = axis_ == StepAxis::Time ? static_cast<double>(history.steps.size()) : 0;
    const EvaluationMarks::Look look{isAlone(), line.graph->pen().color(), Theme::instance().isDark() ? 1 : 0,
                                     line.moves + growth};
    line.marks->draw(history.evaluations, metric_.evaluation.toStdString(), metric_.evaluationScale, look,
                     [this, &line, &history](double step) {
                         const double place = line.places.of(history, step);
                         return logX_ && !(place > 0) ? std::numeric_limits<double>::quiet_NaN() : place;
                     });
}

void MetricChart::drawBestStep()
{
    const bool has = isAlone() && !metric_.evaluation.isEmpty() && lines_.front().curve.history->bestStep;
    if (!has) {
        best_.set({}, 0, false, false);
        return;
    }
    const RunHistory& history = *lines_.front().curve.history;
    const auto step = static_cast<double>(*history.bestStep);
    // A loss falls to the right, most else rises.
    best_.set(history.bestStep, lines_.front().places.of(history, step), step > history.lastStep() / 2,
              MetricText(metric_.evaluation.toStdString()).lowerIsBetter());
}

void MetricChart::setRanges()
{
    double low = 0, high = 1, leastPositive = 0;
    bool any = false;
    const auto positive = [&leastPositive](double one) {
        if (one > 0)
            leastPositive = leastPositive > 0 ? std::min(leastPositive, one) : one;
    };
    for (const Line& line : lines_) {
        positive(line.leastPositive);
        positive(line.marks->leastPositive());
        const auto widen = [&](double lowest, double highest) {
            low = any ? std::min(low, lowest) : lowest;
            high = any ? std::max(high, highest) : highest;
            any = true;
        };
        if (line.any)
            widen(line.low, line.high);
        if (line.band && line.band->any())
            widen(line.band->low(), line.band->high());
        if (line.marks->any())
            widen(line.marks->low(), line.marks->high());
    }
    xAxis->setRange(wholeRange());
    if (metric_.logarithmic) {
        if (!(leastPositive > 0))
            leastPositive = 0.1;
        yAxis->setRange(leastPositive / 1.2, std::max(high, leastPositive) * 1.2);
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
    if (event->modifiers().testFlag(Qt::ShiftModifier) &&
        (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)) {
        moveCursorByKey(event->key() == Qt::Key_Left ? -1 : 1);
        return;
    }
    const QCPRange seen = xAxis->range();
    const auto move = [&](double share) {
        if (logX_)
            xAxis->setRange(seen * std::pow(seen.upper / seen.lower, share));
        else
            xAxis->moveRange(seen.size() * share);
    };
    switch (event->key()) {
    case Qt::Key_Left:
        move(-0.1);
        break;
    case Qt::Key_Right:
        move(0.1);
        break;
    case Qt::Key_L:
        if (event->modifiers() != Qt::NoModifier && event->modifiers() != Qt::ShiftModifier) {
            Plot::keyPressEvent(event);
            return;
        }
        setLogarithmic(event->modifiers() == Qt::ShiftModifier ? Qt::Horizontal : Qt::Vertical,
                       !isLogarithmic(event->modifiers() == Qt::ShiftModifier ? Qt::Horizontal : Qt::Vertical));
        return;
    case Qt::Key_Escape:
        if (!cursor()) {
            Plot::keyPressEvent(event);
            return;
        }
        moveCursor({});
        return;
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
    const bool isInside = event->buttons() == Qt::NoButton && axisRect()->rect().contains(event->position().toPoint());
    moveCursor(isInside ? std::optional(xAxis->pixelToCoord(event->position().x())) : std::nullopt);
    Plot::mouseMoveEvent(event);
}

void MetricChart::leaveEvent(QEvent* event)
{
    moveCursor({});
    Plot::leaveEvent(event);
}

void MetricChart::moveCursor(std::optional<double> place)
{
    if (place == cursor())
        return;
    setCursor(place);
    Q_EMIT cursorMoved(place);
}

/// From logged step to logged step of the first curve.
void MetricChart::moveCursorByKey(int direction)
{
    if (lines_.empty())
        return;
    const auto points = lines_.front().graph->data();
    if (points->isEmpty())
        return;
    const double here = cursor().value_or(direction > 0 ? xAxis->range().lower : xAxis->range().upper);
    auto point = points->findBegin(here, false);
    if (direction > 0) {
        while (point != points->constEnd() && point->key <= here && cursor())
            ++point;
        if (point == points->constEnd())
            --point;
    } else {
        while (point != points->constBegin() && (point == points->constEnd() || point->key >= here))
            --point;
    }
    moveCursor(point->key);
    setAccessibleDescription(valuesAt(point->key).join(QStringLiteral("; ")));
}

void MetricChart::setCursor(std::optional<double> place)
{
    cursor_->set(place, place ? valuesAt(*place) : QStringList());
}

QStringList MetricChart::valuesAt(double place) const
{
    QStringList texts;
    for (const Line& line : lines_) {
        if (line.graph->dataCount() == 0)
            continue;
        const auto points = line.graph->data();
        const auto point = nearestPoint(*points, place);
        if (point == points->constEnd() || std::isnan(point->value))
            continue;
        texts << (lines_.size() > 1 ? line.curve.name + QStringLiteral(": ") + shortNumber(point->value)
                                    : placeText(axis_, point->key) + QStringLiteral(": ") + shortNumber(point->value));
    }
    if (texts.isEmpty() && lines_.size() == 1)
        texts = lines_.front().marks->textsAt(place);
    else if (lines_.size() > 1 && !texts.isEmpty())
        texts.prepend(placeText(axis_, place));
    return texts;
}

void MetricChart::fillMenu(QMenu& menu)
{
    const auto addToggle = [&](const QString& text, Qt::Orientation orientation, const QKeySequence& keys) {
        QAction* action = menu.addAction(text);
        action->setCheckable(true);
        action->setChecked(isLogarithmic(orientation));
        action->setShortcut(keys);
        connect(action, &QAction::toggled, this, [this, orientation](bool on) { setLogarithmic(orientation, on); });
    };
    addToggle(tr("Logarithmic vertical axis"), Qt::Vertical, QKeySequence(Qt::Key_L));
    addToggle(tr("Logarithmic horizontal axis"), Qt::Horizontal, QKeySequence(Qt::SHIFT | Qt::Key_L));
    menu.addAction(tr("Show everything"), this, &MetricChart::showAll)->setShortcut(QKeySequence(Qt::Key_Home));
    menu.addSeparator();
    Plot::fillMenu(menu);
}

QString MetricChart::valueAt(const QPointF& position) const
{
    QStringList texts;
    for (const Line& line : lines_) {
        for (const QString& text : line.marks->textsAt(xAxis->pixelToCoord(position.x())))
            texts << (isAlone() ? text : line.curve.name + QStringLiteral(", ") + text);
        const auto points = (line.raw->dataCount() > 0 ? line.raw : line.graph)->data();
        const double key = xAxis->pixelToCoord(position.x());
        const auto point = nearestPoint(*points, key);
        if (point == points->constEnd() || std::isnan(point->value))
            continue;
        const QString text = placeText(axis_, point->key) + QStringLiteral(": ") + shortNumber(point->value);
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
