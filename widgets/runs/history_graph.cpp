// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/history_graph.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hilo {
namespace {

constexpr qsizetype blockPoints = 64;
constexpr qsizetype stretchPoints = 48; ///< of a line that is drawn at once
constexpr double thinBar = 1.5;         ///< pixels; a curve of such bars is a line
constexpr double pointRadius = 2.5;     ///< pixels, of a curve that is one point
constexpr HistoryGraph::Extent noExtent{std::numeric_limits<double>::infinity(),
                                        -std::numeric_limits<double>::infinity()};

HistoryGraph::Extent widened(HistoryGraph::Extent extent, double value)
{
    // Comparisons with what is no number are false.
    return {value < extent.low ? value : extent.low, value > extent.high ? value : extent.high};
}

HistoryGraph::Extent widened(HistoryGraph::Extent extent, HistoryGraph::Extent other)
{
    return {std::min(extent.low, other.low), std::max(extent.high, other.high)};
}

double valueBetween(const QCPGraphData& before, const QCPGraphData& after, double key)
{
    return before.value + (after.value - before.value) * (key - before.key) / (after.key - before.key);
}

/// Whether a pattern of dashes (in pen widths) has ink so many pixels along.
bool hasInk(const QPen& pen, double along)
{
    if (pen.style() == Qt::SolidLine)
        return true;
    const QVector<qreal> pattern = pen.dashPattern();
    double length = 0;
    for (const qreal part : pattern)
        length += part;
    if (!(length > 0))
        return true;
    double rest = std::fmod(along / std::max(1.0, pen.widthF()), length);
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        if (rest < pattern[i])
            return i % 2 == 0;
        rest -= pattern[i];
    }
    return true;
}

} // namespace

void HistoryGraph::append(const QVector<QCPGraphData>& points)
{
    if (points.isEmpty())
        return;
    data()->add(points, true);
    const auto first = data()->constBegin();
    while (static_cast<qsizetype>(blocks_.size() + 1) * blockPoints <= data()->size()) {
        Extent block = noExtent;
        const auto begin = first + static_cast<qsizetype>(blocks_.size()) * blockPoints;
        for (auto point = begin; point != begin + blockPoints; ++point)
            block = widened(block, point->value);
        blocks_.push_back(block);
    }
}

void HistoryGraph::clear()
{
    data()->clear();
    blocks_.clear();
}

HistoryGraph::Extent HistoryGraph::extent(qsizetype begin, qsizetype end) const
{
    Extent found = noExtent;
    const auto first = mDataContainer->constBegin();
    while (begin < end) {
        const qsizetype block = begin / blockPoints;
        if (begin % blockPoints == 0 && begin + blockPoints <= end && block < static_cast<qsizetype>(blocks_.size())) {
            found = widened(found, blocks_[static_cast<std::size_t>(block)]);
            begin += blockPoints;
        } else {
            found = widened(found, (first + begin)->value);
            ++begin;
        }
    }
    return found;
}

bool HistoryGraph::isDense(double columnWidth) const
{
    if (!mKeyAxis || dataCount() < 2)
        return false;
    const QCPRange range = mKeyAxis->range();
    const auto inSight = mDataContainer->findEnd(range.upper) - mDataContainer->findBegin(range.lower);
    return static_cast<double>(inSight) >= 2 * mKeyAxis->axisRect()->width() / columnWidth;
}

std::vector<HistoryGraph::Column> HistoryGraph::columns(double columnWidth) const
{
    std::vector<Column> columns;
    if (!mKeyAxis || mDataContainer->isEmpty())
        return columns;
    const auto first = mDataContainer->constBegin(), last = mDataContainer->constEnd();
    const auto before = [](const QCPGraphData& point, double key) { return point.key < key; };
    const double left = mKeyAxis->axisRect()->left() - 0.5; // pixels have their centres at whole coordinates
    const double right = left + mKeyAxis->axisRect()->width();
    auto point = std::lower_bound(first, last, mKeyAxis->pixelToCoord(left), before);
    for (double x = left; x < right; x += columnWidth) {
        const auto end = std::lower_bound(point, last, mKeyAxis->pixelToCoord(x + columnWidth), before);
        Extent values = extent(point - first, end - first);
        if (point != first && !values.isEmpty())
            values = widened(values, (point - 1)->value);
        else if (point != first && point == end && point != last) {
            // No point is here, but the line between two of them.
            const double value = valueBetween(*(point - 1), *point, mKeyAxis->pixelToCoord(x + columnWidth / 2));
            values = widened(values, value);
        }
        if (!values.isEmpty())
            columns.push_back({x, values});
        point = end;
    }
    return columns;
}

std::vector<HistoryGraph::Bar> HistoryGraph::bars(double columnWidth) const
{
    std::vector<Bar> bars;
    // What is far outside needs no exact place.
    const double highest = mValueAxis->axisRect()->top() - 100, lowest = mValueAxis->axisRect()->bottom() + 100;
    for (const Column& column : columns(columnWidth))
        bars.push_back({column.left, std::clamp(mValueAxis->coordToPixel(column.values.high), highest, lowest),
                        std::clamp(mValueAxis->coordToPixel(column.values.low), highest, lowest)});
    return bars;
}

void HistoryGraph::draw(QCPPainter* painter)
{
    if (dataCount() == 1 && mKeyAxis && mValueAxis) {
        drawPoint(*painter);
        return;
    }
    const bool plain = mLineStyle == lsLine && mScatterStyle.isNone() && mKeyAxis && mValueAxis &&
                       mKeyAxis->orientation() == Qt::Horizontal && !mKeyAxis->rangeReversed() &&
                       !mValueAxis->rangeReversed() && mPen.style() != Qt::NoPen;
    const double columnWidth = 1 / (painter->device()->devicePixelRatioF() * painter->transform().m11());
    if (!plain || painter->modes().testFlag(QCPPainter::pmVectorized) || !isDense(columnWidth)) {
        QCPGraph::draw(painter);
        return;
    }
    const std::vector<Bar> all = bars(columnWidth);
    if (std::all_of(all.begin(), all.end(), [](const Bar& bar) { return bar.bottom - bar.top <= thinBar; })) {
        QVector<QPointF> line;
        for (const Bar& bar : all)
            line << QPointF(bar.left + columnWidth / 2, (bar.top + bar.bottom) / 2);
        painter->setPen(mPen);
        painter->setBrush(Qt::NoBrush);
        drawLinePlot(painter, line);
        return;
    }
    drawBars(*painter, all, columnWidth);
}

/// Of a run's first step there is no line yet, and what was measured is to be seen.
void HistoryGraph::drawPoint(QCPPainter& painter) const
{
    const auto point = mDataContainer->constBegin();
    if (std::isnan(point->value))
        return;
    applyDefaultAntialiasingHint(&painter);
    painter.setPen(Qt::NoPen);
    painter.setBrush(mPen.color());
    painter.drawEllipse(coordsToPixels(point->key, point->value), pointRadius, pointRadius);
}

void HistoryGraph::drawBars(QCPPainter& painter, const std::vector<Bar>& bars, double columnWidth) const
{
    applyDefaultAntialiasingHint(&painter);
    const double half = std::max(1.0, mPen.widthF()) / 2;
    for (const Bar& bar : bars)
        if (hasInk(mPen, bar.left))
            painter.fillRect(QRectF(bar.left, bar.top - half, columnWidth, bar.bottom - bar.top + 2 * half),
                             mPen.color());
}

/// In short stretches: the time that a line with many turns takes grows with the square of their number.
void HistoryGraph::drawLinePlot(QCPPainter* painter, const QVector<QPointF>& points) const
{
    if (points.size() <= stretchPoints || mPen.style() != Qt::SolidLine ||
        painter->modes().testFlag(QCPPainter::pmVectorized)) {
        QCPGraph::drawLinePlot(painter, points);
        return;
    }
    for (qsizetype begin = 0; begin + 1 < points.size(); begin += stretchPoints - 1)
        QCPGraph::drawLinePlot(painter, points.mid(begin, stretchPoints));
}

} // namespace hilo
