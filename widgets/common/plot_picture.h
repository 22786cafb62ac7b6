// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>

class QCustomPlot;

namespace hilo {

/// Writes a plot as it is shown: PNG at twice the resolution, SVG or PDF by the name's ending. The file appears whole
/// or not at all. Errors: another ending, no space, a folder that cannot be written.
Status savePlotPicture(QCustomPlot& plot, const QString& file);

} // namespace hilo
