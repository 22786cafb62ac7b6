// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

namespace hilo {

/// A diverging colour map, orange for -1 over the neutral colour of the theme to blue for 1: the two sides differ for
/// colour-blind people, too, and equal distances from 0 are equally strong. Outside it is clamped; NaN gives an invalid
/// colour.
QColor diverging(double value);

} // namespace hilo
