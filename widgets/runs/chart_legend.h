// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QCustomPlot;

namespace hilo {

/// Puts a plot's legend below its axes, where it hides nothing, in as many columns as there is room for, or takes it
/// away. Returns the height that it needs in pixels.
int placeLegend(QCustomPlot& plot, bool wanted);

} // namespace hilo
