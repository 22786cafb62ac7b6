// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/history_graph.h"
#include "runs/smoothing.h"

namespace hilo {

/// The band around the mean of several runs' curves, smoothed as the mean is, so that it stays around it.
class BandGraph
{
  public:
    explicit BandGraph(QCustomPlot& plot);

    void setColour(const QColor& colour);
    void restart(const Smoothing& smoothing);
    /// Takes the next point. What no axis can show is left out. logarithmic: of the vertical axis.
    void add(double place, double low, double high, bool logarithmic);
    /// Draws what was taken since.
    void flush();
    bool any() const { return any_; }
    double low() const { return low_; }
    double high() const { return high_; }

  private:
    HistoryGraph* lows_; ///< of the plot, which deletes them
    HistoryGraph* highs_;
    Smoother lowSmoother_, highSmoother_;
    bool isSmoothed_ = false;
    QVector<QCPGraphData> newLows_, newHighs_;
    bool any_ = false;
    double low_ = 0, high_ = 0;
};

} // namespace hilo
