// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/plot.h"

namespace hilo {

/// Makes an axis linear or logarithmic with few, readable numbers; isTime: of seconds, shown as h:min:s.
void setScale(QCPAxis& axis, bool logarithmic, bool isTime);

/// Writes the vertical axis's title, "Accuracy (%)", or its unit alone where the axis is too low for all of it. True:
/// it has changed.
bool fitTitle(QCustomPlot& plot, const QString& title);

/// The point of a curve that is nearest to a place; its end where there is none.
QCPGraphDataContainer::const_iterator nearestPoint(const QCPGraphDataContainer& points, double place);

} // namespace hilo
