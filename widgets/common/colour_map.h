// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

namespace hilo {

/// The cividis colour map (Nuñez, Anderton, Renslow 2018): readable for colour-blind people and in grey.
/// value from 0 to 1; outside it is clamped; NaN gives an invalid colour (absence is never the lowest colour).
QColor cividis(double value);

/// Near-black or white, whichever has the higher WCAG contrast on this background.
QColor textColourOn(const QColor& background);

/// WCAG 2 contrast ratio, from 1 to 21.
double contrastRatio(const QColor& a, const QColor& b);

} // namespace hilo
