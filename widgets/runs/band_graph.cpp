// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/band_graph.h"

#include <algorithm>
#include <cmath>

namespace hilo {
namespace {

constexpr double largestValue = 1e200; ///< of an axis; it cannot show more than 1e250
constexpr double leastOfLog = 1e-12;   ///< below 0 the band reaches down to the edge of a logarithmic axis

} // namespace

BandGraph::BandGraph(QCustomPlot& plot)
    : lows_(new HistoryGraph(plot.xAxis, plot.yAxis)), highs_(new HistoryGraph(plot.xAxis, plot.yAxis))
{
    highs_->setChannelFillGraph(lows_);
    lows_->setName(QStringLiteral("low"));
    highs_->setName(QStringLiteral("high"));
    for (HistoryGraph* end : {lows_, highs_}) {
        end->setPen(Qt::NoPen);
        end->removeFromLegend();
    }
}

void BandGraph::setColour(const QColor& colour)
{
    QColor faint = colour;
    faint.setAlpha(45);
    highs_->setBrush(faint);
}

void BandGraph::restart(const Smoothing& smoothing)
{
    lows_->clear();
    highs_->clear();
    newLows_.clear();
    newHighs_.clear();
    lowSmoother_ = highSmoother_ = Smoother(smoothing);
    isSmoothed_ = smoothing.isOn();
    any_ = false;
}

void BandGraph::add(double place, double low, double high, bool logarithmic)
{
    if (isSmoothed_) {
        low = lowSmoother_.add(low);
        high = highSmoother_.add(high);
    }
    if (!(std::abs(low) < largestValue) || !(std::abs(high) < largestValue))
        return;
    low_ = any_ ? std::min(low_, low) : low;
    high_ = any_ ? std::max(high_, high) : high;
    any_ = true;
    newLows_.append({place, logarithmic ? std::max(low, leastOfLog) : low});
    newHighs_.append({place, logarithmic ? std::max(high, leastOfLog) : high});
}

void BandGraph::flush()
{
    lows_->append(newLows_);
    highs_->append(newHighs_);
    newLows_.clear();
    newHighs_.clear();
}

} // namespace hilo
