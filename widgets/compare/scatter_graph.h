// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/plot.h"

#include <array>

namespace hilo {

/// Points with one symbol. It is drawn once for each of a few places within a pixel and copied from there, which is
/// many times quicker than drawing ten thousand shapes; vector pictures get the shapes. Set the style before the first
/// draw.
class ScatterGraph : public QCPGraph
{
    Q_OBJECT
  public:
    using QCPGraph::QCPGraph;

  protected:
    void drawScatterPlot(QCPPainter* painter, const QVector<QPointF>& points,
                         const QCPScatterStyle& style) const override;

  private:
    static constexpr int places = 4; ///< within a pixel, in each direction, of a smooth symbol
    struct Stamps
    {
        bool smooth = false;
        double ratio = 0;
        int radius = 0; ///< pixels of the device, from the symbol's own pixel to the edge
        std::array<QPixmap, places * places> pictures;
    };
    void renewStamps(bool smooth, double ratio, const QCPScatterStyle& style) const;
    const QPixmap& stamp(int horizontal, int vertical, const QCPScatterStyle& style) const;

    mutable Stamps stamps_;
};

} // namespace hilo
