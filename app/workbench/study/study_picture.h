// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QSize>
#include <QString>

#include <functional>

class QPainter;
class QRectF;
class QWidget;

namespace hilo {

/// Writes what draw paints: SVG, PNG at twice the resolution or PDF by the name's ending, on the theme's card colour.
/// The file appears whole or not at all. Errors: another ending, a folder that cannot be written.
Status saveDrawing(const QString& file, const QSize& size,
                   const std::function<void(QPainter& painter, const QRectF& area)>& draw);
/// The same of a widget as it is shown.
Status saveWidget(const QString& file, QWidget& widget);

} // namespace hilo
