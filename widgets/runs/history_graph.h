// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/plot.h"

#include <vector>

namespace hilo {

/// A curve of very many points. Where several of them share a column of pixels, the column is filled from the least to
/// the greatest of them, which is what the line between them would cover; both are known of whole blocks of points, so
/// drawing costs what the pixels cost, not what the points cost.
class HistoryGraph : public QCPGraph
{
    Q_OBJECT
  public:
    using QCPGraph::QCPGraph;

    struct Extent
    {
        double low, high; ///< low above high: there is no value
        bool isEmpty() const { return !(low <= high); }
    };
    /// What a column of pixels covers.
    struct Column
    {
        double left; ///< in pixels
        Extent values;
    };

    /// Takes points that come behind those there are, in the order of their keys.
    void append(const QVector<QCPGraphData>& points);
    void clear();
    /// Of the points from begin to before end; values that are no numbers count for nothing.
    Extent extent(qsizetype begin, qsizetype end) const;
    /// Whether there are at least two points in sight for each column of so many pixels' width.
    bool isDense(double columnWidth = 1) const;
    /// The columns in sight, from left to right; each reaches to the one before, like the line. The key axis has to be
    /// horizontal.
    std::vector<Column> columns(double columnWidth = 1) const;

  protected:
    void draw(QCPPainter* painter) override;
    void drawLinePlot(QCPPainter* painter, const QVector<QPointF>& points) const override;

  private:
    struct Bar
    {
        double left, top, bottom; ///< in pixels
    };
    std::vector<Bar> bars(double columnWidth) const;
    void drawPoint(QCPPainter& painter) const;
    void drawBars(QCPPainter& painter, const std::vector<Bar>& bars, double columnWidth) const;

    std::vector<Extent> blocks_; ///< of the full blocks of points, from the first one on
};

} // namespace hilo
