// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/scatter_graph.h"

#include <cmath>

namespace hilo {
namespace {

constexpr qsizetype fewPoints = 24; ///< are drawn as shapes

}

void ScatterGraph::renewStamps(bool smooth, double ratio, const QCPScatterStyle& style) const
{
    if (stamps_.smooth == smooth && stamps_.ratio == ratio)
        return;
    stamps_ = {};
    stamps_.smooth = smooth;
    stamps_.ratio = ratio;
    // Triangles and diamonds reach a little farther than half their size.
    stamps_.radius = static_cast<int>(std::ceil((style.size() * 0.75 + style.pen().widthF() + 1) * ratio));
}

const QPixmap& ScatterGraph::stamp(int horizontal, int vertical, const QCPScatterStyle& style) const
{
    QPixmap& picture = stamps_.pictures[static_cast<std::size_t>(vertical * places + horizontal)];
    if (!picture.isNull())
        return picture;
    picture = QPixmap(2 * stamps_.radius + 1, 2 * stamps_.radius + 1);
    picture.setDevicePixelRatio(stamps_.ratio);
    picture.fill(Qt::transparent);
    QCPPainter painter(&picture);
    painter.setAntialiasing(stamps_.smooth);
    style.applyTo(&painter, mPen);
    const int each = stamps_.smooth ? places : 1;
    const QPointF centre(stamps_.radius + (horizontal + 0.5) / each, stamps_.radius + (vertical + 0.5) / each);
    style.drawShape(&painter, painter.transform().inverted().map(centre / stamps_.ratio));
    return picture;
}

void ScatterGraph::drawScatterPlot(QCPPainter* painter, const QVector<QPointF>& points,
                                   const QCPScatterStyle& style) const
{
    if (points.size() < fewPoints || painter->modes().testFlag(QCPPainter::pmVectorized) ||
        painter->transform().type() > QTransform::TxTranslate) {
        QCPGraph::drawScatterPlot(painter, points, style);
        return;
    }
    painter->save();
    applyScattersAntialiasingHint(painter);
    const bool smooth = painter->antialiasing();
    const double ratio = painter->device()->devicePixelRatioF();
    renewStamps(smooth, ratio, style);
    const QTransform shapes = painter->transform(); // half a pixel on, when smooth
    painter->setAntialiasing(false);
    const QTransform copies = painter->transform();
    const int each = smooth ? places : 1;
    for (const QPointF& point : points) {
        const QPointF at = shapes.map(point) * ratio;
        const double left = std::floor(at.x()), top = std::floor(at.y());
        const QPixmap& picture =
            stamp(static_cast<int>((at.x() - left) * each), static_cast<int>((at.y() - top) * each), style);
        const QPointF corner = QPointF(left - stamps_.radius, top - stamps_.radius) / ratio;
        painter->drawPixmap(corner - QPointF(copies.dx(), copies.dy()), picture);
    }
    painter->restore();
}

} // namespace hilo
